// Why an answer could not be taken, in the words of whoever reads it. Keys are the readers' reasons.

export const REASONS = {
  COMMAND: 'Mohon dijawab dulu, ya.',
  EMPTY: 'Pesannya kosong.',
  TOO_LONG: 'Pesannya terlalu panjang. Jawab singkat saja, ya.',
  UNCLEAR: 'Mohon maaf, kami belum paham.',

  CONSENT_UNCLEAR: 'Kami perlu jawaban yang jelas: balas SETUJU atau TIDAK SETUJU.',

  NAME_EMPTY: 'Namanya belum terbaca.',
  NAME_HAS_DIGITS: 'Di nama itu ada angkanya.',
  NAME_TOO_SHORT: 'Nama itu terlalu pendek.',
  NAME_TOO_LONG: 'Nama itu terlalu panjang.',
  NAME_MULTIPLE: 'Sepertinya itu lebih dari satu orang. Tulis nama satu orang saja.',
  NAME_SCRIPT: 'Tulis nama dengan huruf Latin, seperti di KTP.',
  NAME_NOT_A_NAME: 'Itu sepertinya bukan nama.',

  NIK_EMPTY: 'NIK-nya belum terbaca.',
  NIK_LENGTH: 'NIK itu baru {digits} dari 16 angka.',
  NIK_TOO_LONG: 'NIK itu {digits} angka, seharusnya 16.',
  NIK_NOT_DIGITS: 'NIK isinya 16 angka saja.',
  NIK_SCIENTIFIC: 'Angka NIK itu terpotong oleh Excel. Ketik lagi 16 angkanya dari KTP.',
  NIK_PROVINCE: 'Angka depan NIK itu tidak cocok dengan provinsi mana pun.',
  NIK_BAD_DATE: 'Tanggal lahir di dalam NIK itu tidak ada. Mungkin ada angka yang keliru.',
  NIK_SERIAL_ZERO: 'Empat angka terakhir NIK tidak mungkin 0000.',
  NIK_REPEATED: 'Itu sepertinya bukan NIK yang sebenarnya.',
  NIK_AGE_IMPLAUSIBLE: 'Menurut angka itu umurnya tidak cocok. Mungkin itu nomor KK, bukan NIK?',
  NIK_TAKEN:
    'NIK ini sudah terdaftar untuk pelatihan ini. Kalau Bapak/Ibu merasa belum mendaftar, ketik PANITIA. Kalau salah ketik, tulis lagi NIK-nya.',
  NIK_LIMIT:
    'Hari ini dari chat ini sudah ada beberapa NIK berbeda, jadi NIK ini belum bisa kami periksa. Panitia sudah kami beri tahu. Silakan coba lagi besok.',

  DATE_EMPTY: 'Tanggalnya belum terbaca.',
  DATE_UNPARSEABLE: 'Tanggal itu belum kami pahami.',
  DATE_INVALID: 'Tanggal itu tidak ada di kalender.',
  DATE_INCOMPLETE: 'Tanggalnya belum lengkap: tulis tanggal, bulan dan tahun.',
  DATE_ORDER_SUSPECT: 'Tulis tanggal dulu, lalu bulan, lalu tahun.',
  DATE_FUTURE: 'Tanggal itu belum terjadi.',
  DATE_TOO_YOUNG: 'Menurut tanggal itu umurnya belum 17 tahun.',
  DATE_TOO_OLD: 'Menurut tanggal itu umurnya lebih dari 75 tahun.',
  DATE_AGE_ONLY: 'Yang kami perlukan tanggal lahirnya, bukan umurnya.',
  DATE_UNKNOWN: 'Coba lihat di KTP, tanggal lahirnya tertulis di sana.',

  SEX_UNCLEAR: 'Balas laki-laki atau perempuan.',
  SEX_EMPTY: 'Balas laki-laki atau perempuan.',

  PLACE_UNCLEAR: 'Tulis nama kota atau kabupatennya.',
  ADDRESS_TOO_SHORT: 'Alamatnya kurang lengkap.',

  PHONE_EMPTY: 'Nomornya belum terbaca.',
  PHONE_TOO_SHORT: 'Nomor HP itu kurang panjang.',
  PHONE_TOO_LONG: 'Nomor HP itu terlalu panjang.',
  PHONE_LANDLINE: 'Itu sepertinya nomor telepon rumah. Yang kami perlukan nomor HP.',
  PHONE_INVALID: 'Nomor HP itu tidak bisa dipakai.',
  PHONE_MULTIPLE: 'Tulis satu nomor HP saja.',
  PHONE_MASKED: 'Ada angka yang tertutup. Tulis nomornya lengkap.',
  PHONE_NONE: 'Kami perlu satu nomor HP yang bisa dihubungi. Boleh nomor keluarga.',
  CONTACT_NOT_OWN: 'Itu kontak orang lain. Ketik saja nomor HP Bapak/Ibu.',

  ASSOC_AMBIGUOUS: 'Nama asosiasi itu mirip dengan beberapa yang lain.',
  ASSOC_NOT_OFFERED: 'Asosiasi itu tidak ikut di pelatihan ini.',
  ASSOC_NONE: 'Pelatihan ini lewat asosiasi. Pilih asosiasi yang bisa mengusulkan Bapak/Ibu, atau ketik PANITIA.',
  ASSOC_UNKNOWN: 'Asosiasi itu belum kami kenal.',
  ASSOC_EMPTY: 'Nama asosiasinya belum terbaca.',

  TRADE_UNKNOWN: 'Jabatan kerja itu belum kami kenal.',
  TRADE_AMBIGUOUS: 'Jabatan itu ada beberapa macam.',
  TRADE_UNSKILLED: 'Yang diuji keahliannya. Bapak/Ibu biasanya membantu pekerjaan apa? Misalnya batu, besi, kayu.',
  TRADE_OTHER_REGIME:
    'Pekerjaan listrik diuji lewat Kementerian ESDM (SKTTK), bukan di sini. Kalau ada keahlian lain, tulis di sini.',
  TRADE_EMPTY: 'Jabatan kerjanya belum terbaca.',

  LEVEL_NOT_OFFERED: 'Jenjang itu tidak ada untuk jabatan ini.',
  LEVEL_OUT_OF_RANGE: 'Jenjang itu tidak ada.',
  LEVEL_AMBIGUOUS: 'Pilih satu jenjang saja.',
  LEVEL_OLD_SCHEME: 'Kelas di sertifikat lama tidak sama dengan jenjang. Pilih salah satu jenjang ini.',
  LEVEL_UNPARSEABLE: 'Pilih salah satu jenjang ini.',
  LEVEL_EMPTY: 'Pilih salah satu jenjang ini.',

  EXP_EMPTY: 'Lamanya belum terbaca.',
  EXP_VAGUE: 'Kira-kira berapa tahun? Tulis angkanya saja.',
  EXP_OUT_OF_RANGE: 'Lamanya tidak mungkin.',
  EXP_EXCEEDS_AGE: 'Itu terlalu lama untuk umur Bapak/Ibu.',
  EXP_LOOKS_LIKE_YEAR: 'Itu sepertinya tahun.',
  EXP_UNPARSEABLE: 'Tulis lamanya dalam tahun, angkanya saja.',

  EDU_UNCLEAR: 'Pilih ijazah terakhir yang dimiliki.',
  EDU_EMPTY: 'Pilih ijazah terakhir yang dimiliki.',

  FILE_BLURRED: 'Fotonya kurang jelas. Coba foto lagi di tempat terang, jangan goyang. Belum bisa? Ketik LEWATI.',
  FILE_WANTED: 'Yang kami perlukan fotonya. Tekan tanda klip atau kamera, lalu kirim. Belum ada? Ketik LEWATI.',
  PORTRAIT_NOT_A_PHOTO: 'Untuk pas foto, kirim foto biasa, bukan PDF.',

  MENU_UNREAD: 'Pilih salah satu, balas dengan angkanya.',
  WRONG_FIELD_NIK: 'Itu sepertinya NIK.',
  WRONG_FIELD_PHONE: 'Itu sepertinya nomor HP.',
} as const

/** Notes to an answer that was taken with a doubt. Warnings without words are for the organiser only. */
export const NOTES = {
  FILE_BLURRED: 'Fotonya masih kurang jelas, tidak apa-apa. Bawa KTP atau ijazah asli saat hari H.',
  PHONE_FOREIGN: 'Itu nomor luar negeri, kami catat.',
} as const
