// What the bot says of results, appeals, certificates and their renewal, in Indonesian.

export const RESULT_WORDS = {
  // Who is it?
  result_ready: 'Bapak/Ibu {name}, hasil uji kompetensi Bapak/Ibu sudah ada.',
  result_mended: 'Bapak/Ibu {name}, ada pembetulan hasil uji kompetensi Bapak/Ibu.',
  certificate_ready: 'Bapak/Ibu {name}, sertifikat Bapak/Ibu sudah tercatat.',
  result_birth: 'Supaya tidak terbaca orang lain, balas dengan tanggal lahir Bapak/Ibu. Contoh: 17-08-1985',
  result_birth_wrong: 'Tanggal lahir itu tidak cocok dengan data pendaftaran. Masih bisa dicoba {left} kali.',
  result_locked:
    'Tanggal lahirnya tiga kali tidak cocok, jadi hasil belum bisa kami tunjukkan di sini. Panitia sudah kami beri tahu dan akan membantu Bapak/Ibu.',

  // The result
  result_corrected: 'Ini pembetulan: hasil yang kami kabarkan sebelumnya tidak berlaku lagi.',
  result_K: 'Selamat, Bapak/Ibu {name}! Hasil uji kompetensi {trade}: Kompeten.',
  result_BK: 'Bapak/Ibu {name}, hasil uji kompetensi {trade}: Belum Kompeten.',
  certificate_number: 'Nomor sertifikat: {certificate}',
  certificate_issued: 'Terbit: {issued}',
  certificate_valid: 'Berlaku sampai: {until}',
  certificate_verify: 'Cek keasliannya di {url}',
  certificate_notice: 'Ini pemberitahuan, bukan sertifikatnya. Sertifikat dikeluarkan oleh LSP.',
  certificate_later: 'Nomor sertifikatnya belum tercatat. Begitu ada, kami kabari di sini.',
  certificate_recorded: 'Bapak/Ibu {name}, sertifikat {trade} sudah tercatat.',
  result_feedback: 'Catatan asesor: {feedback}',
  result_units: 'Yang perlu dilatih lagi: {units}',
  result_right: 'Tidak setuju? Bapak/Ibu berhak mengajukan banding sampai {until}: ketik BANDING.',
  result_right_over: 'Batas waktu banding sudah lewat ({until}).',
  result_next: 'Kesempatan berikutnya: {next}',
  result_next_ask: 'Mau ikut uji lagi? Ketik PANITIA, nanti kami kabari kesempatan berikutnya.',

  // Appeal
  appeal_begins: 'Baik, kita isi formulir banding (FR.AK.04): tiga pertanyaan, lalu alasannya.',
  appeal_1: 'Apakah proses banding sudah dijelaskan kepada Bapak/Ibu?',
  appeal_2: 'Apakah Bapak/Ibu sudah membicarakan banding ini dengan asesor?',
  appeal_3: 'Apakah Bapak/Ibu mau dibantu orang lain dalam proses banding?',
  appeal_4:
    'Apa alasan banding Bapak/Ibu? Tulis singkat. Contoh: alat praktiknya rusak, jadi pekerjaan saya belum selesai',
  appeal_5: 'Alasan Bapak/Ibu: {reason}\nKirim banding ini?',
  appeal_short: 'Alasannya terlalu pendek.',
  appeal_sent:
    'Banding Bapak/Ibu sudah kami terima. Nomor banding: {number}\nPanitia meneruskannya ke LSP untuk diperiksa asesor lain, lalu menghubungi Bapak/Ibu.',
  appeal_open: 'Banding {number} sudah kami terima dan sedang diperiksa. Ada pertanyaan? Ketik PANITIA.',
  appeal_late:
    'Mohon maaf, batas waktu banding sudah lewat ({until}), jadi banding tidak bisa kami terima. Ketik PANITIA kalau mau bertanya.',
  appeal_competent: 'Hasil Bapak/Ibu Kompeten, jadi tidak perlu banding. Ada yang keliru? Ketik PANITIA.',
  appeal_nothing: 'Belum ada hasil uji yang bisa dibanding. Begitu hasilnya ada, kami kabari di sini.',
  appeal_dropped: 'Baik, banding tidak kami kirim. Kalau berubah pikiran, ketik BANDING.',
  appeal_refused: 'Mohon maaf, banding itu tidak bisa kami terima lagi. Ketik PANITIA kalau mau bertanya.',

  // Renewal
  renewal_ask: 'Mau diingatkan sebelum masa berlakunya habis?',
  renewal_yes: 'Baik, nanti kami ingatkan sebelum {until}. Kalau tidak mau lagi, ketik BERHENTI.',
  renewal_no: 'Baik, tidak kami ingatkan. Kalau berubah pikiran, ketik HASIL.',
  renewal_months: 'Bapak/Ibu {name}, sertifikat {trade} berlaku sampai {until}: tinggal {n} bulan lagi.',
  renewal_days: 'Bapak/Ibu {name}, sertifikat {trade} berlaku sampai {until}: tinggal {n} hari lagi.',
  renewal_how:
    'Urus perpanjangannya ke LSP sebelum tanggal itu, bawa sertifikat dan KTP. Ketik HASIL untuk melihat nomor sertifikatnya.',
  find_ask: 'Dulu memakai nomor atau aplikasi lain? Tulis nomor sertifikatnya, seperti yang tertulis di sertifikat.',
  find_nothing: 'Di chat ini belum ada hasil uji.',
  find_birth: 'Sekarang tulis tanggal lahir Bapak/Ibu. Contoh: 17-08-1985',
  find_unknown:
    'Nomor sertifikat dan tanggal lahir itu tidak cocok dengan catatan kami. Periksa lagi, atau ketik PANITIA.',
  find_limit: 'Hari ini sudah beberapa kali tidak cocok. Panitia sudah kami beri tahu. Silakan coba lagi besok.',
  find_found: 'Ketemu. Chat ini sekarang tersambung dengan catatan Bapak/Ibu.',
} as const
