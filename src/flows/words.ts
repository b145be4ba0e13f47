// What the bot says outside the questions themselves, in Indonesian; locales/ lays other languages over it.

import { CHOICES } from './choices.ts'
import { OFFICE_RIGHTS_WORDS } from './office-rights-words.ts'
import { OFFICE_WORDS } from './office-words.ts'
import { RESULT_WORDS } from './result-words.ts'

/** `{name}` is filled in by whoever says it. Short sentences, Bapak/Ibu, something to do next. */
export const WORDS = {
  ...CHOICES,

  // Opening
  salam: 'Waalaikumsalam.',
  hello: 'Halo, Bapak/Ibu.',
  you_are_welcome: 'Sama-sama, Bapak/Ibu.',
  step: 'Langkah {n} dari {total}',
  not_open_yet: 'Pendaftaran {event} dibuka tanggal {open}. Silakan ketik DAFTAR mulai tanggal itu, ya.',
  closed: 'Mohon maaf, pendaftaran {event} sudah ditutup tanggal {close}. Ada pertanyaan? Ketik PANITIA.',
  no_event: 'Mohon maaf, saat ini belum ada pelatihan yang membuka pendaftaran. Ada pertanyaan? Ketik PANITIA.',
  several_events: 'pelatihan dan uji kompetensi',
  continue: 'Baik, kita lanjutkan.',
  from_start: 'Baik, kita mulai lagi dari awal. Jawaban lama masih tersimpan: ketik LEWATI untuk tetap memakainya.',
  kept_answer: 'Jawaban sekarang: {value}. Ketik LEWATI untuk tetap memakainya.',
  filled: 'Terima kasih, ini sudah kami catat: {labels}.',
  not_filled: 'Yang ini kami tanyakan lagi:\n{lines}',

  // Choices
  by_number: 'Balas dengan angkanya. 0 = menu',
  did_you_mean: 'Apakah maksudnya {value}?',
  which_one: 'Apakah maksudnya salah satu dari ini?',
  stale: 'Tombol itu sudah tidak berlaku. Silakan jawab pertanyaan yang terakhir, ya.',

  share_hint: 'Tekan tombol di bawah, atau ketik nomornya.',
  share_contact: 'Kirim nomor HP saya',

  // Summary
  summary: 'Ini data Bapak/Ibu:',
  summary_how: 'Kalau sudah benar balas YA. Kalau ada yang salah balas UBAH dan nomornya, misalnya UBAH 3.',
  summary_unread: 'Balas YA kalau sudah benar, atau UBAH dan nomornya, misalnya UBAH 3.',
  which_number: 'Nomor berapa yang mau diubah? Contoh: 3',
  no_such_number: 'Tidak ada nomor {n}. Pilih nomor 1 sampai {total}.',
  bring_on_the_day: 'Bawa saat hari H',
  unproven: '{phone} (diketik sendiri)',
  returned: 'Panitia minta data ini diperbaiki: {why}',

  // Done
  registered: 'Terima kasih, {name}. Nomor pendaftaran: {number}',
  corrected: 'Terima kasih, {name}. Perbaikan sudah kami simpan. Nomor pendaftaran: {number}',
  what_next:
    'Panitia memeriksa data Bapak/Ibu dulu, hasilnya kami kabari di sini. Simpan gambar QR ini: tunjukkan saat daftar ulang tanggal {date} di {venue}.',
  bring_documents: 'Jangan lupa bawa aslinya saat hari H: {documents}.',
  ticket: 'Nomor {number}\n{name}\n{event}',

  // Notices
  accepted: 'Selamat, {name}! Pendaftaran {number} diterima.',
  accepted_when: 'Daftar ulang: {when}',
  accepted_where: 'Tempat: {where}',
  accepted_map: 'Peta: {url}',
  accepted_bring: 'Bawa: {things}.',
  accepted_dress: 'Pakaian: {dress}.',
  accepted_end: 'Nanti kami ingatkan lagi. Ketik JADWAL untuk melihat acaranya.',
  rejected: 'Mohon maaf, pendaftaran {number} untuk {event} tidak dapat kami terima.',
  rejected_end: 'Ada pertanyaan? Ketik PANITIA.',

  // Reminders
  remind_days: 'Bapak/Ibu {name}, {n} hari lagi {event}.',
  remind_tomorrow: 'Bapak/Ibu {name}, besok {event}.',
  remind_today: 'Bapak/Ibu {name}, hari ini {event}.',
  remind_session: '{title}: {when}',
  missed: 'Bapak/Ibu {name}, acara {event} sudah dimulai pukul {when} dan kehadiran Bapak/Ibu belum tercatat.',
  missed_how: 'Masih di jalan? Silakan langsung ke meja registrasi di {where}. Ada halangan? Ketik PANITIA.',
  incomplete: 'Bapak/Ibu {name}, data Bapak/Ibu belum lengkap. Mohon dilengkapi sebelum {when}.',
  nudge: 'Pendaftaran Bapak/Ibu belum selesai. Kita lanjutkan dari sini, ya.',

  // Attendance
  attend_ask: 'Apakah Bapak/Ibu bisa hadir?',
  attend_noted: 'Terima kasih, kehadiran Bapak/Ibu sudah kami catat. Sampai jumpa {when}.',
  attend_noted_late:
    'Baik, kami catat hadir tetapi agak terlambat. Usahakan tidak lama, ya: acara dimulai {when}. Nanti langsung ke meja registrasi.',
  attend_noted_maybe: 'Baik, kami catat belum pasti. Kalau sudah pasti, balas HADIR atau TIDAK BISA.',
  absent_sure: 'Kursi Bapak/Ibu akan diberikan kepada cadangan. Yakin?',
  absent_noted:
    'Baik, pendaftaran {number} kami catat tidak bisa hadir. Kalau berubah pikiran, balas HADIR selama kursinya belum terisi.',
  absent_known: 'Pendaftaran Bapak/Ibu sudah kami catat tidak bisa hadir. Ada pertanyaan? Ketik PANITIA.',
  absent_reserve:
    'Mohon maaf, kursinya sudah terisi. Pendaftaran {number} kami catat sebagai cadangan; kalau ada kursi kosong, kami kabari.',

  // Changes
  change: 'Bapak/Ibu {name}, ada perubahan acara {event}.',
  change_session: '{title}: sekarang {to} (sebelumnya {from}).',
  change_cancelled: '{title}: dibatalkan (sebelumnya {from}).',
  change_new: '{title}: acara baru, {to}.',
  change_more: 'Ada {n} perubahan jam lagi: ketik JADWAL untuk jadwal lengkap.',
  change_place: 'Tempat: sekarang {to} (sebelumnya {from}).',
  change_ok: 'Mohon balas OK kalau sudah dibaca.',
  change_seen: 'Terima kasih, sudah kami catat.',

  // Status and schedule
  status_none: 'Bapak/Ibu belum terdaftar. Ketik DAFTAR untuk mendaftar.',
  status_draft: 'Pendaftaran Bapak/Ibu belum selesai: {answered} dari {total} langkah sudah terisi.',
  status_line: 'Nomor pendaftaran: {number}\n{event}\nStatus: {status}',
  status_MENUNGGU_VERIFIKASI: 'menunggu diperiksa panitia',
  status_DITERIMA: 'diterima',
  status_PERLU_PERBAIKAN: 'ada data yang perlu diperbaiki',
  status_DITOLAK: 'tidak dapat diterima',
  status_CADANGAN: 'cadangan',
  status_MENGUNDURKAN_DIRI: 'mengundurkan diri',
  status_why: 'Catatan panitia: {why}',
  schedule: 'Jadwal {event}\nTempat: {venue}',
  schedule_day: '{date}:',
  schedule_session: '{from}–{to} {title}',

  // Commands
  help_general:
    'Jawab saja pertanyaan satu per satu. Kata yang bisa diketik kapan saja: LANJUT, KEMBALI, UBAH, STATUS, JADWAL, BAHASA, BATAL, BERHENTI, SAMBUNGKAN (pindah aplikasi), ORANG LAIN, DATA SAYA, HAPUS DATA. Mau dibantu orang? Ketik PANITIA.',
  menu: 'Silakan pilih:',
  human: 'Baik, panitia kami beri tahu dan akan menghubungi Bapak/Ibu lewat chat ini pada jam kerja.',
  stuck:
    'Sepertinya bagian ini sulit, ya. Panitia sudah kami beri tahu dan akan membantu Bapak/Ibu. Sambil menunggu, silakan dicoba lagi.',
  no_result_yet: 'Hasil uji belum diumumkan. Begitu ada, kami kabari di sini.',
  no_nomination:
    'Mengusulkan anggota dilakukan pengurus asosiasi dengan kode dari panitia. Ketik PANITIA untuk dibantu.',
  restart_sure: 'Mau mengulang dari pertanyaan pertama? Jawaban lama tetap tersimpan.',
  cancel_sure: 'Mau membatalkan pendaftaran ini?',
  cancelled:
    'Baik, pendaftaran dibatalkan. Jawaban Bapak/Ibu masih kami simpan {days} hari. Kalau berubah pikiran, ketik DAFTAR.',
  withdraw_sure: 'Mau mengundurkan diri? Kursi Bapak/Ibu akan diberikan kepada orang lain.',
  stays: 'Baik, pendaftaran Bapak/Ibu tetap berlaku.',
  withdrawn: 'Baik, pendaftaran {number} sudah dibatalkan. Kalau berubah pikiran, ketik DAFTAR.',
  not_withdrawn: 'Tidak ada yang dibatalkan: pendaftaran itu sudah tidak berjalan.',
  decided_meanwhile: 'Panitia baru saja memutuskan pendaftaran ini, jadi perubahan tadi tidak disimpan.',
  idle: 'Pendaftaran Bapak/Ibu sedang dibatalkan. Ketik DAFTAR untuk melanjutkan.',
  cannot_skip: 'Pertanyaan ini perlu dijawab, ya.',
  first_question: 'Ini pertanyaan yang pertama.',
  stopped: 'Baik, kami tidak akan mengirim pengingat lagi. Ketik MULAI kalau mau menerimanya lagi.',
  started_again: 'Baik, pengingat kami kirim lagi.',
  cannot_change: 'Data ini sudah diperiksa panitia. Kalau ada yang salah, ketik PANITIA.',
  nothing_to_change: 'Belum ada jawaban yang bisa diubah.',
  language_which: 'Pilih bahasa / Choose a language:',
  language_set: 'Baik, kita pakai bahasa Indonesia.',
  refused: 'Baik, tidak ada data yang kami simpan. Kalau berubah pikiran, ketik DAFTAR.',
  done_hint: 'Ada yang bisa dibantu? Ketik STATUS, JADWAL, UBAH atau PANITIA.',
  apology:
    'Mohon maaf, pesan tadi tidak berhasil kami proses. Panitia sudah kami beri tahu. Silakan lanjutkan menjawab pertanyaan yang terakhir.',
  flooded: 'Pesannya banyak sekali, jadi tidak semua bisa kami baca. Tunggu sebentar, lalu kirim satu per satu, ya.',
  ask_again_secret:
    'Maaf, pesan kami yang terakhir mungkin tidak sampai dan tidak bisa dikirim ulang. Silakan minta sekali lagi, ya.',
  ask_again:
    'Maaf, tadi ada gangguan dan pesan kami yang terakhir mungkin tidak sampai. Ketik LANJUT untuk melihatnya lagi, ya.',

  // One person on many chats, many persons on one
  link_code:
    'Kode sambung: {code}\nBuka aplikasi atau nomor yang satunya, lalu kirim: SAMBUNGKAN {code}\nKode ini berlaku {minutes} menit, hanya bisa dipakai satu kali. Jangan diberikan kepada orang lain.',
  link_how:
    'Untuk menyambungkan: ketik SAMBUNGKAN di chat yang sudah dipakai mendaftar, lalu kirim kodenya di sini. Belum pernah mendaftar? Ketik DAFTAR.',
  link_unknown: 'Kode itu tidak berlaku. Ketik SAMBUNGKAN di chat yang lama untuk minta kode baru.',
  link_elsewhere: 'Kode itu untuk chat yang satunya. Kirim dari aplikasi atau nomor yang mau disambungkan.',
  linked:
    'Baik, chat ini sudah tersambung. Pendaftarannya sama, jawaban Bapak/Ibu tidak perlu diulang. Chat yang lama tetap bisa dipakai.',
  for_whom: 'Untuk {name}:',
  other_first: 'Baik. Jawab saja dengan data orang yang mau didaftarkan.',
  linked_elsewhere:
    'Baru saja ada chat lain yang disambungkan ke pendaftaran ini. Kalau itu bukan Bapak/Ibu sendiri, segera ketik PANITIA.',
  other_begins:
    'Baik, kita daftarkan orang lain. Jawab dengan data orang itu, ya. Untuk kembali ke yang tadi, ketik GANTI ORANG.',
  which_person: 'Mau melanjutkan untuk siapa?',
  whose_answer: 'Jawaban tadi untuk siapa?',
  only_one: 'Di chat ini baru ada satu peserta. Untuk mendaftarkan yang lain, ketik ORANG LAIN.',

  // Rights
  my_data_registration: 'Pendaftaran {number}: {status} (dibuat {when})',
  my_data_before: 'Yang masih ada di panitia (perubahan di atas belum dikirim):',
  my_data_beside: 'Catatan yang kami simpan:',
  my_data_consent: 'Izin memakai data: diberikan {when} (teks {version})',
  my_data_renewal: 'Izin diingatkan perpanjangan: diberikan {when} (teks {version})',
  my_data_no_renewal: 'Izin diingatkan perpanjangan: tidak diberikan, {when} (teks {version})',
  my_data_result: 'Hasil uji {number}: tersimpan, ketik HASIL untuk melihatnya',
  my_data_appeal: 'Banding {number} ({when})',
  my_data_no_consent: 'Izin memakai data: tidak diberikan atau ditarik, {when} (teks {version})',
  my_data_chat: 'Chat {channel}, sejak {when}',
  my_data_nominated: 'Diusulkan {association}: {given}',
  my_data_attendance: 'Jawaban kehadiran {number}: {answer} ({when})',
  attend_HADIR: 'bisa hadir',
  attend_TIDAK: 'tidak bisa',
  attend_TENTATIF: 'belum pasti',
  attend_LATE: 'hadir, agak terlambat',
  my_data_checked_in: 'Tercatat hadir {number}: {session} ({when})',
  my_data_files: 'Foto dan berkas: {n} ({kilobytes} KB)',
  my_data_messages: 'Isi pesan: {received} dari Bapak/Ibu, {sent} dari kami; dihapus setelah 30 hari',
  my_data_tasks: 'Pertanyaan untuk panitia: {n}',
  my_data_language: 'Bahasa: {language}',
  my_data_stopped: 'Pengingat: berhenti',
  my_data_reminded: 'Pengingat: dikirim',
  my_data_rights: 'Ada yang salah? Ketik KOREKSI. Mau dihapus semua? Ketik HAPUS DATA.',
  erase_sure:
    'Mau menghapus data Bapak/Ibu? Jawaban, foto dan isi chat dihapus, pendaftaran yang belum diterima dibatalkan. Ini tidak bisa dikembalikan.',
  erase_keeps:
    'Yang tetap disimpan: pendaftaran {numbers}, catatan hadir, hasil uji dan nomor bandingnya, karena sudah diterima dan menjadi dasar pencatatan uji kompetensi menurut aturan jasa konstruksi. Alasan banding yang masih diperiksa dihapus begitu selesai.',
  erase_proof_stays:
    'Yang tetap disimpan: tanggal izin dan nomor bukti penghapusan tanpa nama, supaya kami bisa menunjukkan bahwa data memang dihapus.',
  erased: 'Data Bapak/Ibu sudah kami hapus. Nomor bukti: {proof}',
  erased_again: 'Mau mendaftar lagi suatu hari? Ketik DAFTAR.',
  not_erased: 'Baik, tidak ada yang dihapus.',
  why_nothing:
    'Kami belum mengirim pemberitahuan ke chat ini. Pesan kami yang lain adalah jawaban atas pesan Bapak/Ibu.',
  why_answer: 'Pesan tanggal {when} itu jawaban atas pesan Bapak/Ibu sendiri.',
  why_rule: 'Pesan tanggal {when} kami kirim karena {reason}. Nomor pendaftaran: {number}. Aturan: {rule}.',
  why_linked:
    'Pesan tanggal {when} kami kirim karena ada chat lain yang disambungkan ke pendaftaran ini. Aturan: {rule}.',
  why_nudge:
    'Pesan tanggal {when} kami kirim karena pendaftaran Bapak/Ibu belum selesai: satu kali setelah 2 jam dan satu kali setelah 24 jam (ketik BERHENTI kalau tidak mau diingatkan). Aturan: {rule}.',
  why_offer:
    'Pesan {when} kami kirim karena ada kursi kosong dan Bapak/Ibu berikutnya di daftar cadangan. Aturan: {rule}.',
  why_office:
    'Pesan tanggal {when} kami kirim karena chat ini dipakai pengurus asosiasi, dan {reason}. Aturan: {rule}.',
  why_office_results: 'hasil uji anggotanya sudah diumumkan',
  why_office_digest:
    'masih ada kursi kosong atau usulan yang belum lengkap (sekali sehari; ketik BERHENTI kalau tidak mau menerimanya)',
  why_office_offer: 'ada kursi kosong untuk anggota yang belum membuka tautannya',
  why_office_locked: 'tautan seorang anggota terkunci',
  why_office_decided: 'usulan seorang anggota diperiksa panitia',
  why_office_removed: 'tugas sebagai pengurus sudah berakhir',
  why_diterima: 'pendaftarannya diterima panitia',
  why_perbaikan: 'panitia minta data diperbaiki',
  why_ditolak: 'panitia tidak dapat menerima pendaftarannya',
  why_perubahan: 'jam atau tempat acara yang pernah kami kabarkan berubah',
  why_hasil: 'hasil uji kompetensi Bapak/Ibu diumumkan',
  why_sertifikat: 'sertifikat Bapak/Ibu sudah tercatat',
  why_perpanjangan:
    'Bapak/Ibu minta diingatkan sebelum masa berlaku sertifikat habis (ketik BERHENTI kalau tidak mau diingatkan)',
  why_session:
    'Bapak/Ibu diterima di acara {event} dan {title} mulai {when} (ketik BERHENTI kalau tidak mau diingatkan)',
  why_missed:
    'acara {event} sudah dimulai dan kehadiran Bapak/Ibu belum tercatat (ketik BERHENTI kalau tidak mau diingatkan)',
  why_incomplete:
    'data pendaftaran belum lengkap sampai batas waktu {when} (ketik BERHENTI kalau tidak mau diingatkan)',
  why_reminder: 'Bapak/Ibu terdaftar dan pengingatnya aktif (ketik BERHENTI untuk menghentikannya)',

  // What can't be read
  voice: 'Mohon maaf, pesan suara belum bisa kami dengarkan. Boleh diketik saja?',
  video: 'Mohon maaf, video belum bisa kami lihat. Boleh diketik saja?',
  sticker: 'Terima kasih stikernya.',
  location: 'Terima kasih lokasinya, tetapi yang kami perlukan jawaban tertulis.',
  poll: 'Mohon maaf, polling tidak bisa kami baca. Boleh diketik saja?',
  edit: 'Pesan yang disunting tidak mengubah jawaban. Untuk mengubahnya ketik UBAH.',
  unknown: 'Mohon maaf, pesan seperti itu tidak bisa kami baca. Boleh diketik saja?',
  photo_not_now: 'Terima kasih fotonya, tetapi sekarang belum diperlukan.',
  file_too_big: 'Berkasnya terlalu besar (paling besar 10 MB). Coba foto biasa dari kamera HP.',
  file_wrong_type: 'Berkas seperti itu tidak bisa kami terima. Kirim foto biasa (JPG) atau PDF.',
  file_damaged: 'Berkasnya rusak sehingga tidak bisa dibuka. Coba kirim sekali lagi.',
  file_unreachable: 'Mohon maaf, berkasnya tidak berhasil kami ambil. Coba kirim sekali lagi.',
  contact_not_now: 'Terima kasih kontaknya, tetapi sekarang belum diperlukan.',

  ...RESULT_WORDS,

  // Months and days
  months: 'Januari,Februari,Maret,April,Mei,Juni,Juli,Agustus,September,Oktober,November,Desember',
  days: 'Senin,Selasa,Rabu,Kamis,Jumat,Sabtu,Minggu',

  // Values
  years: '{n} tahun',
  born: 'lahir {date}, {sex}',
  file_sent: 'sudah dikirim',

  ...OFFICE_WORDS,
  ...OFFICE_RIGHTS_WORDS,
} as const

export type Word = keyof typeof WORDS
