// What the bot says to officers and about nominations, in Indonesian; locales/ lays other languages over it.

/** `{name}` is filled in by whoever says it. */
export const OFFICE_WORDS = {
  // An officer's chat
  office_welcome: 'Selamat datang. Chat ini sekarang dipakai untuk mengusulkan anggota {association} pada {event}.',
  office_back: 'Baik, kita lanjutkan sebagai pengurus {association} pada {event}.',
  office_help:
    'Kirim saja daftar anggotanya, satu baris satu orang. Contoh:\n1. Budi Santoso - 0836 0000 0017 - tukang batu\nBoleh juga file Excel atau CSV (ketik CONTOH untuk contoh filenya), atau satu per satu: ketik USULKAN.\nKata lain: KUOTA, STATUS, DAFTAR USULAN, BATALKAN 2, GANTI 2 -> Siti Aminah, KIRIM ULANG 2, KARTU. Mau mendaftar sendiri sebagai peserta? Ketik PESERTA.',
  office_hint: 'Ada yang bisa dibantu? Kirim daftar anggotanya, atau ketik KUOTA, STATUS atau BANTUAN.',
  office_unread: 'Mohon maaf, itu belum bisa kami baca sebagai daftar anggota.',
  office_over:
    'Acara ini sudah selesai. Terima kasih atas bantuannya, Bapak/Ibu. Rekap hasil uji anggota: ketik HASIL. Pendaftaran Bapak/Ibu sendiri: ketik PESERTA. Ada pertanyaan? Ketik PANITIA.',
  office_removed:
    'Chat ini tidak lagi tercatat sebagai pengurus {association} pada {event}. Terima kasih atas bantuannya, Bapak/Ibu. Ada pertanyaan? Ketik PANITIA.',
  office_claim:
    'Tautan itu untuk anggota: teruskan kepada orangnya. Kalau untuk Bapak/Ibu sendiri, ketik PESERTA dulu, lalu kirim lagi.',
  office_bound: 'Chat ini sudah tercatat sebagai pengurus.',
  office_code_unknown: 'Kode itu tidak berlaku. Minta kode baru kepada panitia.',
  office_code_elsewhere: 'Chat ini sudah tercatat sebagai pengurus asosiasi lain. Hubungi panitia kalau perlu diganti.',
  office_name: 'Pengurus {association}',
  office_photo:
    'Mohon maaf, foto daftar belum bisa kami baca. Boleh diketik, satu baris satu orang, atau dikirim sebagai file Excel atau CSV?',
  office_file:
    'Berkas itu tidak bisa kami baca. Kirim Excel (.xlsx) atau CSV, paling besar 1 MB dan 500 baris. Ketik CONTOH untuk contoh filenya.',
  office_contact_nameless: 'Kontak itu tidak ada namanya. Boleh diketik: nama dan nomor HP-nya?',
  office_not_open: 'Pengusulan anggota dibuka tanggal {open}.',
  office_closed: 'Mohon maaf, pengusulan anggota sudah ditutup tanggal {close}. Ada pertanyaan? Ketik PANITIA.',
  office_too_long: 'Daftarnya {lines} baris; sekali kirim paling banyak {most} baris. Boleh dibagi?',
  office_empty:
    'Di situ belum ada nama yang bisa kami baca. Satu baris satu orang, contoh: Budi Santoso - 0836 0000 0017',
  office_no_draft: 'Tidak ada daftar yang sedang diperiksa.',
  office_template: 'Isi file ini, satu baris satu orang, lalu kirim kembali ke sini. Yang wajib hanya nama.',
  self_begins: 'Baik, sekarang sebagai peserta. Untuk kembali mengusulkan anggota, ketik PENGURUS.',

  // A list
  list_read: 'Kami baca {n} baris. Belum ada yang disimpan.',
  list_added: 'Kami tambahkan {added} baris. Sekarang {n} baris, belum ada yang disimpan.',
  list_part: 'Baris {first} sampai {last} dari {total}:',
  list_save: 'Balas YA untuk menyimpan {n} orang, atau TIDAK untuk membatalkan.',
  list_correct:
    'Ada yang salah? Tulis nomor barisnya, contoh: 2: Budi Santoso 0836 0000 0017. HAPUS 2 untuk membuang baris.',
  list_nameless: 'Baris {lines} belum ada namanya. Tulis misalnya {n}: Budi Santoso, atau HAPUS {n}.',
  list_full: 'Tidak ada tempat lagi untuk baris {lines}. Buang baris itu dulu: HAPUS {lines}.',
  list_overfull:
    'Kursi dan cadangan tidak cukup: kelebihan {n} orang. Belum ada yang disimpan. Buang beberapa baris dulu, contoh: HAPUS 9.',
  list_nothing_new: 'Tidak ada nama baru, jadi tidak ada yang perlu disimpan.',
  list_dropped: 'Baik, tidak ada yang disimpan.',
  list_waits: 'Daftar {n} orang (dikirim {when}) masih menunggu. Balas YA untuk menyimpan, TIDAK untuk membatalkan.',
  list_file: 'Ini daftarnya dengan catatan di setiap baris.',
  list_saved: 'Tersimpan: {n} orang diusulkan oleh {association}.',
  list_saved_reserve: '{n} orang di antaranya menjadi cadangan.',
  list_saved_checking: 'Sedang diperiksa panitia: {names}.',
  list_forward:
    'Teruskan pesan berikut kepada orangnya masing-masing. Ketik KARTU untuk lembar kode QR yang bisa dicetak.',
  verdict_new: 'bisa',
  verdict_reserve: 'kuota penuh, cadangan {n}',
  verdict_full: 'kuota dan cadangan penuh ({n})',
  verdict_no_reserve: 'kuota penuh',
  verdict_same: 'sama dengan baris {n}',
  verdict_known: 'sudah diusulkan',
  verdict_checking: 'sedang diperiksa panitia',
  verdict_nameless: 'belum ada nama',
  remark_no_phone: 'tanpa nomor HP',
  remark_no_nik: 'tanpa NIK',
  remark_phone: 'nomor HP belum benar',
  remark_nik: 'NIK belum benar (harus 16 angka)',
  remark_nik_digits: 'NIK {digits} dari 16 angka',
  remark_nik_lost: 'angka NIK hilang, jadikan kolomnya teks',
  remark_trade: 'jabatan kerja belum jelas',
  remark_date: 'tanggal lahir belum jelas',

  // One by one
  one_begin: 'Baik, satu per satu.',
  one_name: 'Siapa nama anggotanya, sesuai KTP? Contoh: Budi Santoso',
  one_phone: 'Berapa nomor HP-nya? Contoh: 0836 0000 0017. Belum tahu? Ketik LEWATI.',
  one_nik: 'Berapa NIK-nya? 16 angka di KTP. Belum tahu? Ketik LEWATI.',
  one_trade: 'Apa jabatan kerjanya? Contoh: tukang batu. Belum tahu? Ketik LEWATI.',

  // Looking
  quota: '{quota} kursi: {filled} terisi, {waiting} menunggu, {free} kosong.',
  quota_checking: '{n} orang sedang diperiksa panitia.',
  quota_reserve: 'Cadangan: {n}.',
  nominee_none: 'Belum ada anggota yang diusulkan.',
  nominee_list: 'Usulan {association}:',
  nominee_how: 'BATALKAN, GANTI dan KIRIM ULANG memakai nomor ini, contoh: BATALKAN 2',
  nominee_DIUSULKAN: 'belum membuka tautan',
  nominee_DIKLAIM: 'sudah membuka tautan, pendaftaran belum selesai',
  nominee_CADANGAN: 'cadangan {n}',
  nominee_DITAWARI: 'ditawari kursi sampai {until}',
  nominee_DIPERIKSA: 'sedang diperiksa panitia',
  nominee_BATAL: 'dibatalkan',
  nominee_KEDALUWARSA: 'tidak mengambil kursi yang ditawarkan',
  nominee_locked: 'terkunci karena tanggal lahir salah 3 kali, pakai KIRIM ULANG',
  forward: 'Bapak/Ibu {name} diusulkan {association} untuk {event}. Silakan mendaftar.',
  forward_reserve:
    'Bapak/Ibu {name} diusulkan {association} untuk {event}, sebagai cadangan {n}. Silakan mengisi data dulu.',
  forward_links: 'Buka tautan ini:',
  forward_or: 'Tautannya tidak terbuka? Kirim ke chat panitia: DAFTAR {token}',
  forward_typed: 'Caranya: kirim pesan ini ke chat panitia: DAFTAR {token}',
  forward_own: 'Kode ini hanya untuk Bapak/Ibu sendiri.',
  cards: 'Ini lembar kode QR untuk {n} orang: cetak, gunting, lalu bagikan.',
  cards_typed: 'Atau kirim pesan ke chat panitia: {typed}',
  cards_none: 'Tidak ada undangan yang perlu dicetak.',

  // Changing
  act_nobody: 'Tidak ada usulan "{whom}". Ketik DAFTAR USULAN untuk melihat nomornya.',
  act_several: 'Yang mana? {names}. Pakai nomornya dari DAFTAR USULAN.',
  act_cancel_sure: 'Batalkan usulan {name}? Kursinya menjadi kosong. Balas YA atau TIDAK.',
  act_cancel_sure_reserve:
    'Batalkan usulan {name}? Kursinya ditawarkan kepada cadangan berikutnya. Balas YA atau TIDAK.',
  act_cancel_sure_no_seat: 'Batalkan usulan {name}? Balas YA atau TIDAK.',
  act_cancelled: 'Usulan {name} sudah dibatalkan.',
  act_gone: 'Usulan {name} sudah tidak berlaku.',
  act_stays: 'Baik, usulan {name} tetap.',
  act_replace_how: 'Tulis nama penggantinya, contoh: GANTI 2 -> Siti Aminah 0836 0000 0018',
  act_replace_sure: 'Ganti {name} dengan {by}? Tautan yang lama tidak berlaku lagi. Balas YA atau TIDAK.',
  act_replaced: '{name} sudah diganti {by}. Kursinya tetap. Teruskan pesan ini:',
  act_replace_late:
    'Daftar akhir sudah ditutup, jadi permintaan mengganti {name} dengan {by} kami teruskan kepada panitia.',
  act_replace_known: '{by} sudah diusulkan.',
  act_resent: 'Ini tautan baru untuk {name}. Tautan yang lama tidak berlaku lagi.',
  act_claimed: '{name} sudah membuka tautannya; tidak perlu dikirim ulang.',

  // Told to officers
  offer_officer:
    'Ada kursi kosong untuk {name} ({association}), berlaku sampai {until}. Mohon pesan ini diteruskan kepada orangnya supaya kursinya diambil.',
  locked_officer: 'Tautan {name} terkunci: tanggal lahir salah 3 kali. Untuk membuat tautan baru: KIRIM ULANG {name}',
  digest: 'Usulan {association} hari ini: {quota}',
  digest_unclaimed: 'Belum membuka tautan: {names}.',
  digest_unfinished: 'Belum selesai mendaftar: {names}.',
  conflict_checking: 'Usulan {name} sedang diperiksa panitia. Bapak/Ibu kami kabari hasilnya.',
  conflict_yours: 'Usulan {name} sudah diperiksa panitia dan tetap berlaku.',
  conflict_other: 'Usulan {name} sudah diperiksa panitia dan tidak dapat diterima.',

  // Results, in numbers
  results_numbers:
    'Hasil uji anggota {association} pada {event}: {competent} Kompeten, {notYet} Belum Kompeten, {absent} tidak hadir.',
  results_open: '{n} orang belum ada hasilnya.',
  results_private:
    'Hasil masing-masing kami kabarkan langsung kepada orangnya, jadi nama tidak kami sebut di sini. Angkanya masih bisa berubah karena pembetulan atau banding: ketik HASIL untuk yang terbaru.',
  results_none: 'Hasil uji anggota belum diumumkan. Begitu ada, rekapnya kami kirim di sini.',
  results_telling:
    'Hasil uji sedang kami kabarkan kepada anggotanya dulu. Sebentar lagi rekapnya bisa dilihat: ketik HASIL.',
  results_own: 'Mau melihat hasil Bapak/Ibu sendiri? Ketik PESERTA, lalu HASIL.',

  // The worker's side
  called_off:
    'Bapak/Ibu {name}, usulan {association} untuk {event} sudah dibatalkan, jadi Bapak/Ibu tidak terdaftar lagi lewat asosiasi itu. Ada pertanyaan? Hubungi pengurus asosiasi, atau ketik PANITIA.',
  claim_unknown:
    'Tautan itu tidak bisa dipakai. Minta tautan baru kepada pengurus asosiasi Bapak/Ibu, atau ketik DAFTAR untuk mendaftar sendiri.',
  claim_for: 'Tautan ini untuk {name}, diusulkan oleh {association}.',
  claim_other:
    'Tautan ini untuk {name}. Di chat ini sudah ada peserta lain: ketik ORANG LAIN dulu, lalu kirim lagi DAFTAR dan kodenya.',
  claim_known: 'Bapak/Ibu sudah membuka tautan ini. Kita lanjutkan, ya.',
  claim_wrong: 'Tanggal lahirnya tidak cocok. Sisa kesempatan: {left}.',
  claim_locked:
    'Tanggal lahirnya tiga kali tidak cocok, jadi tautan ini kami kunci. Minta tautan baru kepada pengurus asosiasi.',
  claim_checking: 'Tautan ini sudah pernah dibuka orang lain. Usulan ini sedang diperiksa panitia, nanti kami kabari.',
  claim_reserve:
    'Saat ini Bapak/Ibu cadangan {n}. Silakan mendaftar dulu; kalau ada kursi kosong, kami kabari di sini.',
  born_sure: 'Untuk memastikan orangnya: kapan tanggal lahir Bapak/Ibu? Contoh: 17-08-1985',
  given_sure: 'Ini data dari asosiasi. Apakah sudah benar?',
  given_NAME: 'Nama: {value}',
  given_NIK: 'NIK: {value}',
  given_PHONE: 'Nomor HP: {value}',
  given_TRADE: 'Jabatan kerja: {value}',
  registered_reserve: 'Saat ini Bapak/Ibu masih cadangan. Kalau ada kursi kosong, kami kabari di sini.',
  offer:
    'Bapak/Ibu {name}, ada kursi kosong di {event} untuk Bapak/Ibu. Tawaran ini berlaku sampai {until}. Mau diambil?',
  offer_taken: 'Baik, kursinya untuk Bapak/Ibu. Panitia memeriksa datanya, lalu kami kabari di sini.',
  offer_taken_draft: 'Baik, kursinya untuk Bapak/Ibu. Sekarang kita selesaikan pendaftarannya.',
  offer_refused: 'Baik, kursinya kami tawarkan kepada orang lain. Terima kasih sudah memberi kabar.',
  offer_return: 'Kalau berubah pikiran, kirim lagi: DAFTAR {code}',
  offer_return_words: 'Kalau berubah pikiran, ketik IKUT LAGI.',
  offer_back: 'Baik, Bapak/Ibu sekarang cadangan {n}. Kalau ada kursi kosong, kami kabari di sini.',
  reserve_full:
    'Mohon maaf, kursinya sudah terisi dan daftar cadangannya penuh: {n} orang. Boleh dicoba lagi lain hari. Ada pertanyaan? Ketik PANITIA.',
  offer_over: 'Mohon maaf, tawaran kursi itu sudah tidak berlaku. Ada pertanyaan? Ketik PANITIA.',
} as const
