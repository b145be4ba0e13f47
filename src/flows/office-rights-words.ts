// What the bot says to an officer about his own data and about the messages he gets; locales/ lays other languages over it.

export const OFFICE_RIGHTS_WORDS = {
  why_called_off:
    'Pesan tanggal {when} kami kirim karena asosiasi yang mengusulkan Bapak/Ibu membatalkan usulannya. Aturan: {rule}.',
  my_data_office: 'Pengurus {association} pada {event}, sejak {when}',
  my_data_office_name: 'Nama: {name}',
  my_data_office_nominated: 'Anggota yang Bapak/Ibu usulkan: {n}',
  my_data_office_draft: 'Daftar yang belum disimpan: {n} orang',
  my_data_office_rights: 'Mau berhenti sebagai pengurus dan menghapus data ini? Ketik HAPUS DATA.',
  my_data_office_self: 'Data pendaftaran Bapak/Ibu sendiri: ketik PESERTA, lalu DATA SAYA.',
  erase_office_sure:
    'Mau berhenti sebagai pengurus {association} dan menghapus data Bapak/Ibu? Nama Bapak/Ibu dan isi chat ini dihapus. Anggota yang sudah diusulkan tetap diusulkan, dan panitia kami beri tahu. Balas YA atau TIDAK.',
  erase_office_self:
    'Pendaftaran Bapak/Ibu sendiri tidak ikut terhapus. Untuk menghapusnya: ketik PESERTA, lalu HAPUS DATA.',
  erased_office:
    'Data Bapak/Ibu sebagai pengurus {association} sudah kami hapus. Nomor bukti: {proof}\nTerima kasih atas bantuannya. Anggota yang sudah diusulkan tetap diusulkan.',
  office_stopped:
    'Baik, ringkasan harian tidak kami kirim lagi. Kabar tentang kursi kosong, tautan yang terkunci dan usulan yang diperiksa tetap kami kirim. Ketik MULAI kalau ringkasannya mau diterima lagi.',
  office_started: 'Baik, ringkasan harian kami kirim lagi kalau ada yang kurang.',
} as const
