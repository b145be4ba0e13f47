// Commands people type: a message is one only as a whole, never inside a name, an address or a sentence.
import { clean } from './clean.ts'
import { readNumberWords } from './numbers.ts'
import { got, not, type Read } from './read.ts'
import { lookUp, phrases, words } from './words.ts'

const SPOKEN = {
  START: `start, mulai, mulai daftar, mulai pendaftaran, mulai registrasi, lanjut, lanjutkan, lanjut daftar, lnjut, lnjt,
    lanjutkan pendaftaran, lanjut lagi, teruskan, terusno, lanjutno, terusake, continue, go on, begin, resume, wiwit,
    wiwiti, mulae, mlai, mulaii`,
  MENU: `menu, mnu, menu utama, menu awal, main menu, home, beranda, halaman utama, halaman awal, daftar menu,
    ke menu, ke menu utama, kembali ke menu, kembali ke menu utama, balik ke menu, balik menu, lihat menu,
    tampilkan menu, buka menu, menune, 0`,
  HELP: `help, bantuan, bantu, bantuan dong, bntuan, bantuin, bantu saya, bantu aku, help me, tolong, tolong bantu,
    tolong bantuannya, tolong saya, tlg, bingung, saya bingung, bingung aku, gak paham, ga paham, nggak paham,
    tidak paham, tdk paham, kurang paham, belum paham, gak ngerti, ga ngerti, nggak ngerti, tidak mengerti,
    tdk mengerti, kurang mengerti, gak mudeng, ora mudeng, ora ngerti, ra ngerti, ora paham, mboten ngertos,
    mboten mangertos, caranya, cara, carane, caranya gimana, caranya bagaimana, gimana caranya, bagaimana caranya,
    bagaimana cara, gmn caranya, caranya gmn, cara daftar, cara pendaftaran, cara mendaftar, cara daftarnya,
    cara daftarnya gimana, gimana cara daftar, gimana cara daftarnya, bagaimana cara daftar, bagaimana cara mendaftar,
    cara pakai, cara pakainya, piye carane, carane piye, pripun carane, carane pripun, pripun, piye, piye iki, gimana,
    gimana ini, bagaimana, bagaimana ini, ini gimana, iki piye, terus gimana, trus gimana, info, informasi, infonya,
    info dong, minta info, butuh bantuan, perlu bantuan, petunjuk, panduan, penjelasan, faq, tanya, mau tanya, bertanya, mau bertanya, numpang tanya,
    ada pertanyaan, syaratnya, syarat, syaratnya apa, apa syaratnya,
    syaratnya apa saja, apa saja syaratnya, persyaratan, i need help, how, how to`,
  CANCEL: `batal, batalkan, batalin, dibatalkan, membatalkan, batal daftar, batal ikut, batalkan pendaftaran,
    batal pendaftaran, pembatalan, batalkan saja, btal, batl, gak jadi, ga jadi, g jadi, gk jadi, gajadi, gakjadi,
    nggak jadi, ngga jadi, enggak jadi, engga jadi, ndak jadi, ndak sido, gak sido, ga sido, ora sido, ra sido,
    ora sida, ora dadi, mboten sios, mboten estu, mboten sido, tidak jadi, tdk jadi, tak jadi, tidak jadi ikut,
    tidak jadi daftar, gak jadi daftar, ga jadi daftar, gak jadi ikut, ga jadi ikut, cancel, cancel saja, keluar,
    exit, quit, abort, urung, wurung, urungkan, mundur dari pendaftaran, mengundurkan diri, undur diri`,
  BACK: `kembali, kmbali, kembali lagi, back, mundur, balik, balik lagi, mbalik, sebelumnya, sebelum nya,
    kembali ke sebelumnya, kembali sebelumnya, ke sebelumnya, pertanyaan sebelumnya, soal sebelumnya,
    langkah sebelumnya, kembali ke pertanyaan sebelumnya, mundur satu, mundur satu langkah, mundur lagi, prev,
    previous, go back, undo, kembalikan`,
  RESTART: `ulangi, ulang, ulangi lagi, ulang lagi, ulang dari awal, ulangi dari awal, dari awal, dari awal lagi,
    mulai ulang, mulai dari awal, mulai dari awal lagi, mulai lagi, mulai lagi dari awal, mulai baru, kembali ke awal,
    balik ke awal, ke awal, reset, restart, start over, start again, baleni, mbaleni, balenono, baleni maneh,
    baleni teko awal, saking awal, ulangi pendaftaran, daftar ulang, isi ulang, ngulang, ngulangi`,
  STATUS: `status, status saya, statusku, status ku, status kulo, statusnya, statuse, sttus, stts, status pendaftaran,
    status pendaftaran saya, status registrasi, status peserta, cek status, cek status saya, cek status pendaftaran,
    lihat status, cek pendaftaran, cek pendaftaran saya, pendaftaran saya, my status, sudah diterima belum,
    sudah diterima, udah diterima belum, sudah diterima atau belum, apakah sudah diterima, sudah di terima belum,
    apa sudah diterima, saya sudah diterima belum, apakah saya sudah diterima, apakah saya diterima, apa saya diterima,
    diterima belum, diterima tidak, diterima gak, diterima ga, saya diterima, saya diterima tidak, saya diterima gak, status saya gimana, gimana status saya, status saya bagaimana, bagaimana status saya,
    sudah terdaftar belum, sudah terdaftar, udah terdaftar belum, apakah saya sudah terdaftar, apakah sudah terdaftar,
    saya sudah terdaftar belum, saya sudah terdaftar, terdaftar belum, sudah daftar belum, sudah masuk belum,
    data saya sudah masuk belum, sampai mana, sudah sampai mana, sampai dimana, progres, progress, wis ditompo durung, wes ditompo durung, wis ditompo opo durung, wes ditompo opo durung,
    wis ketompo durung, uwis ditompo durung, wes ditompo durung, wis ditompo opo durung, wes ditompo opo durung, wis diterimo durung, wis mlebu durung, sampun diterima dereng,
    sampun ditampi dereng, sampun mlebet dereng, nomor pendaftaran, nomor pendaftaran saya, no pendaftaran,
    no pendaftaran saya, nomer pendaftaran, nomer pendaftaran saya, nomor peserta, nomor registrasi`,
  SCHEDULE: `jadwal, jadual, jadwl, jdwl, jadwale, jadwalnya, jadwal acara, jadwal acaranya, jadwal kegiatan,
    jadwal pelatihan, jadwal ujian, jadwal uji, jadwal uji kompetensi, jadwal saya, jadwalku, lihat jadwal, cek jadwal,
    info jadwal, jadwal lengkap, jadwal hari ini, jadwal besok, schedule, rundown, susunan acara, agenda, acara,
    acaranya, kapan, kapan ya, kapan acaranya, acaranya kapan, kapan acara, acara kapan, kapan acarane, acarane kapan,
    kapan mulai, kapan mulainya, kapan dimulai, mulai kapan, mulainya kapan, kapan pelatihan, kapan pelatihannya,
    pelatihannya kapan, pelatihan kapan, kapan ujian, kapan ujiannya, ujiannya kapan, ujian kapan, kapan kegiatannya,
    kapan pelaksanaannya, pelaksanaannya kapan, kapan tesnya, tesnya kapan, kapan diadakan, kapan dilaksanakan, hari apa,
    hari apa acaranya, acaranya hari apa, tanggal berapa, tgl berapa, tanggal brp, tgl brp, acaranya tanggal berapa,
    tanggal berapa acaranya, tanggal pira, dino opo, tanggal piro, jam berapa, jam brp, jam piro, jam pinten, jam pira,
    pukul berapa, mulai jam berapa, jam berapa mulai, jam berapa mulainya, jam berapa acaranya, acaranya jam berapa,
    datang jam berapa, kumpul jam berapa, besok jam berapa, jamnya berapa, waktu, waktunya, lokasi, lokasinya,
    lokasi acara, lokasine, lokasi dimana, lokasinya dimana, lokasinya di mana, dimana lokasinya, di mana lokasinya,
    share lokasi, sharelok, shareloc, serlok, share loc, minta lokasi, map, maps, peta, tempat, tempatnya, tempate,
    tempat acara, tempatnya dimana, tempatnya di mana, dimana tempatnya, di mana tempatnya, dimana, di mana, dmn,
    dimana acaranya, di mana acaranya, acaranya dimana, acaranya di mana, acara dimana, tempat acaranya dimana,
    nang endi, neng endi, teng pundi, wonten pundi, panggone nang endi, alamat acara, alamatnya dimana, alamat hotel,
    when, where`,
  CORRECT: `ubah, ubah data, ubah data saya, ubah jawaban, mengubah data, rubah, rubah data, merubah data, koreksi,
    koreksi data, koreksi data saya, koreksi jawaban, perbaiki, perbaiki data, perbaiki data saya, perbaikan,
    perbaikan data, memperbaiki data, ganti, ganti data, ganti data saya, ganti jawaban, ganti nomor, ganti nomer,
    ganti no, ganti nomor hp, ganti no hp, ganti hp, ganti nomor wa, ganti no wa, ganti nama, ganti nik, ganti alamat,
    ganti jabatan, ganti asosiasi, ganti foto, ganti tanggal lahir, ganti tgl lahir, ubah nomor, ubah nomor hp,
    ubah no hp, ubah nama, ubah nik, ubah alamat, ubah jabatan, ubah asosiasi, ubah foto, ubah tanggal lahir,
    perbaiki nama, perbaiki nik, perbaiki nomor, perbaiki alamat, perbaiki jabatan, perbaiki asosiasi, perbaiki foto,
    perbaiki tanggal lahir, koreksi nama, koreksi nik, koreksi nomor, koreksi no hp, koreksi alamat, koreksi jabatan,
    koreksi asosiasi, koreksi foto, koreksi tanggal lahir, edit, edit data, edit data saya, edit nama,
    edit nik, ngedit, ngedit data, salah data, data salah, datanya salah, data saya salah, data ada yang salah,
    ada data yang salah, ada data salah, ada yang salah, ada yg salah, salah isi, salah input, salah ketik, salah tulis,
    salah nama, nama salah, namanya salah, nama saya salah, salah nik, nik salah, nik saya salah, salah nomor,
    nomor salah, nomor saya salah, salah nomer, salah no hp, salah alamat, alamat salah, alamat saya salah,
    salah tanggal lahir, ralat, ralat data, meralat, revisi, revisi data, betulkan, betulkan data, betulin, benerin,
    benerin data, benahi, benahi data, mbenerke, mbenakno, benakno, ganteni, ngganti, ngganti data, ngowahi, owahi,
    update data, perbarui data, change, change data, ubah change, correct, correction, fix`,
  HUMAN: `petugas, operator, panitia, panitianya, panitya, admin, adminnya, mimin, cs, customer service, call center,
    hubungi admin, hubungi panitia, hubungi petugas, hubungi operator, hubungi cs, hubungkan ke admin,
    hubungkan ke panitia, hubungkan ke petugas, hubungkan dengan petugas, hubungkan dengan panitia, kontak, kontak admin,
    kontak panitia, kontak petugas, kontak person, contact person, cp, nomor panitia, no panitia, nomer panitia,
    nomor admin, no admin, no hp panitia, nomor hp panitia, no wa panitia, nomor petugas, minta nomor panitia,
    telepon panitia, telpon panitia, tlp panitia, telepon admin, chat admin, chat panitia, tanya admin, tanya panitia,
    tanya petugas, mau tanya admin, mau tanya panitia, bantuan panitia, bantuan petugas, bantuan admin, orang, manusia,
    orang asli, bicara, bicara orang, bicara dengan orang, bicara sama orang, mau bicara orang,
    mau bicara dengan orang, mau bicara sama orang, bicara dengan petugas, bicara dengan panitia, bicara dengan admin,
    bicara sama admin, bicara sama petugas, bicara sama panitia, bicara admin, bicara petugas, bicara panitia,
    bicara langsung, mau bicara langsung, ngomong sama orang, ngomong sama admin, ngomong sama petugas,
    ngobrol sama orang, ngobrol dengan petugas, omong karo wong, ngomong karo wong, ngomong karo panitia,
    ngomong karo petugas, matur panitia, badhe matur panitia, bicara manusia, bicara dengan manusia, panggil admin,
    panggil panitia, panggil petugas, sambungkan ke petugas, sambungkan ke panitia, sambungkan ke admin, human,
    agent, staff, staf, talk to human, talk to a human, talk to a person, real person, person, a person, committee, komplain, pengaduan, lapor`,
  STOP: `stop, berhenti, brhenti, berenti, brenti, mandeg, mandek, leren, hentikan, unsubscribe, unsub, unsubcribe,
    berhenti langganan, berhenti berlangganan, stop pesan, stop kirim, stop kirim pesan, stop pengingat, stop notif,
    stop notifikasi, stop wa, stop sms, stop chat, stop broadcast, hentikan pesan, hentikan pengingat,
    jangan kirim lagi, jangan kirim pesan lagi, jangan kirim pesan, jangan wa lagi, jangan chat lagi, jangan hubungi,
    jangan hubungi lagi, jangan hubungi saya, jangan hubungi saya lagi, jangan ganggu, jangan ganggu saya,
    ojo kirim maneh, ojo ngirim maneh, ojo wa maneh, tidak mau dihubungi, tidak mau dihubungi lagi,
    tidak mau terima pesan, berhenti kirim pesan, opt out, matikan pengingat, matikan notifikasi, blokir`,
  ERASE: `hapus, hapus data, hapus data saya, hapus dataku, hapus semua, hapus semua data, hapus semua data saya,
    hapus data pribadi, hapus data pribadi saya, hapus datanya, hapuskan data saya, hapus akun, hapus akun saya,
    hapus pendaftaran, hapus pendaftaran saya, hapus nomor saya, penghapusan data, delete, delete data, delete my data,
    delete akun, delete account, erase, erase data, erase my data, remove my data, busek data, busek dataku, busek,
    tarik izin, tarik izin saya, menarik izin, cabut izin, cabut izin saya, mencabut izin, batalkan izin, tarik persetujuan,
    cabut persetujuan, withdraw consent, withdraw my consent, hapusen, hapusen dataku, hapusno dataku, hilangkan data saya, data saya dihapus, data dihapus`,
  MYDATA: `data saya, datasaya, dataku, data ku, data kulo, data kula, data aku, data diri, data diri saya, data pribadi,
    data pribadi saya, biodata, biodata saya, profil, profil saya, profile, lihat data, lihat data saya, lihat dataku,
    liat data, liat data saya, cek data, cek data saya, cek dataku, tampilkan data, tampilkan data saya, minta data,
    minta data saya, minta salinan data, salinan data, salinan data saya, unduh data, unduh data saya, download data,
    download data saya, kopi data, copy data, copy data saya, ndelok data, ndelok dataku, delok data, delok dataku,
    ningali data, data saya apa saja, data saya yang disimpan, akses data, my data, show my data`,
  REGISTER: `daftar, dftr, dftar, daptar, daftr, daftar dong, ndaftar, daftaro, daftar sekarang, daftar baru, daftar lagi,
    daftar pelatihan, daftar ujian, daftar uji, daftar uji kompetensi, daftar kompetensi, daftar sertifikasi,
    daftar sertifikat, daftar skk, daftar skk konstruksi, daftar acara, daftar kegiatan, daftar event, daftar ikut,
    daftar ikut pelatihan, daftar online, daftar via wa, daftar di sini, daftar disini, mau daftar, mau daftar pelatihan,
    mau mendaftar, mendaftar, mendaftar pelatihan, pendaftaran, pendaftaran baru, pendaftaran pelatihan, daftarkan saya,
    daftarkan diri, daftarin saya, daftarin, mendaftarkan diri, ikut pelatihan, mau ikut, mau ikut pelatihan,
    ikut daftar, mau ikut daftar, ikut ujian, ikut sertifikasi, ikut uji kompetensi, ikut skk, mau ikut ujian,
    mau ikut sertifikasi, bade daftar, badhe daftar, ajenge daftar, arep daftar, arepe daftar, meh daftar, kate daftar,
    kulo bade daftar, isa daftar, bisa daftar, bisa daftar di sini, bisa daftar disini, boleh daftar, register, registrasi, regis, reg, sign up, signup, join, join pelatihan, gabung, registration`,
  SKIP: `lewat, lewati, liwati, lewatin, lewatkan, lewati saja, lewat saja, lewati dulu, di lewati, dilewati, lewati ini, lwt,
    lewati pertanyaan ini, liwat, skip, skip dulu, skip saja, di skip, skip ini, next, lompat, lompati, loncati, lompati dulu, langkahi,
    abaikan, kosong, kosongi, kosongkan, dikosongi, tidak ada, tdk ada, gak ada, ga ada, g ada, gk ada, nggak ada,
    ngga ada, enggak ada, ndak ada, nda ada, tak ada, ora ono, ora ana, ra ono, mboten wonten, mboten gadah, boten wonten,
    belum ada, blm ada, durung ono, durung ana, dereng wonten, tidak punya, tdk punya, gak punya, ga punya, nggak punya,
    ngga punya, ndak punya, ora duwe, gak duwe, ra duwe, belum punya, blm punya, nanti saja, nanti aja, nanti dulu, nanti ae, ntar aja,
    ntar, nanti menyusul, menyusul, nyusul, besok saja, mengko wae, mengko ae, engko ae, mangke mawon, nihil, none`,
  NOMINATE: `pengurus, saya pengurus, sebagai pengurus, usul, usulkan, usulan, mengusulkan, pengusulan, usul anggota, usulkan anggota, usulan anggota, usul peserta,
    usulkan peserta, usulan peserta, usul nama, usulkan nama, mengusulkan anggota, mengusulkan peserta, ngusulno,
    ngusulno anggota, usulno, usulake, ngusulke, tambah peserta, tambah anggota, tambah nama, tambahkan peserta,
    tambahkan anggota, tambah usulan, menambah peserta, menambah anggota, nambah peserta, nambah anggota, daftarkan anggota,
    daftarkan peserta, daftarkan orang, daftarkan tukang, mendaftarkan anggota, mendaftarkan peserta, daftarin anggota,
    ndaftarno anggota, masukkan anggota, masukkan peserta, input peserta, input anggota, kirim peserta, kirim anggota,
    kirim nama, kirim nama peserta, kirim daftar, kirim daftar peserta, kirim daftar nama, ajukan, ajukan peserta,
    ajukan anggota, ajukan nama, mengajukan peserta, pengajuan peserta, nominasi, nominasikan, nominate, nominate member,
    add member, calonkan, calonkan anggota, calon peserta, delegasi, kirim delegasi`,
  RESULT: `hasil, hasilnya, hasile, asil, hasil saya, hasilku, hasil ujian, hasil ujian saya, hasil uji, hasil uji saya,
    hasil uji kompetensi, hasil tes, hasil test, hasil tes saya, hasil asesmen, hasil asessment, hasil sertifikasi,
    hasil pelatihan, cek hasil, cek hasil ujian, lihat hasil, lihat hasil ujian, liat hasil, info hasil, minta hasil,
    hasilnya apa, apa hasilnya, hasilnya gimana, gimana hasilnya, bagaimana hasilnya, hasilnya bagaimana, piye hasile,
    hasile piye, pripun hasile, hasile pripun, kapan hasilnya, hasilnya kapan, hasil kapan, kapan hasilnya keluar,
    hasilnya kapan keluar, kapan hasil keluar, hasilnya sudah keluar, sudah keluar hasilnya, hasilnya sudah ada,
    hasilnya sudah keluar belum, hasil sudah keluar belum, sudah ada hasil, sudah ada hasilnya, sudah keluar belum,
    pengumuman, pengumuman hasil, pengumumannya, kapan pengumuman, kapan pengumumannya, lulus tidak, lulus gak, lulus ga,
    lulus nggak, lulus ndak, lulus apa tidak, lulus atau tidak, saya lulus, lulus belum, apakah saya lulus, apa saya lulus, 
    saya lulus tidak, saya lulus gak, saya lulus ga, saya lulus apa tidak, saya lulus atau tidak, saya lulus nggak,
    aku lulus gak, aku lulus ora, lulus ora, lulus opo ora, kulo lulus mboten, lulus mboten, sudah lulus belum, kelulusan,
    kompeten tidak, kompeten gak, kompeten atau tidak, kompeten belum, saya kompeten, saya kompeten tidak,
    saya kompeten gak, apakah saya kompeten, nilai, nilai saya, nilaiku, nilai ujian, nilainya, skor, sertifikat,
    sertifikat saya, sertifikatku, sertipikat, sertifikatnya, sertifikat sudah jadi, sertifikatnya sudah jadi,
    sertifikat sudah jadi belum, kapan sertifikat, kapan sertifikat jadi, kapan sertifikatnya, sertifikatnya kapan,
    sertifikat kapan jadi, cek sertifikat, minta sertifikat, ambil sertifikat, download sertifikat, skk saya, result, results,
    my result, certificate`,
  LINK: `sambungkan, sambung, sambungin, sambungno, sambungkan chat, sambungkan akun, sambungkan hp, sambungkan wa,
    sambungkan whatsapp, sambungkan telegram, sambung chat, sambung wa, sambung whatsapp, sambung telegram, hubungkan chat,
    hubungkan akun, hubungkan wa, hubungkan telegram, pindah wa, pindah ke wa, pindah whatsapp, pindah ke whatsapp,
    pindah telegram, pindah ke telegram, pindah aplikasi, pindah nomor, pindah hp, lanjut di wa, lanjut di whatsapp,
    lanjut di telegram, kode sambung, link, link chat, connect, go on in another app`,
  OTHER: `orang lain, orang lain lagi, orang baru, peserta lain, peserta baru, daftarkan orang lain, daftarkan orang lain lagi,
    daftarkan orang baru, daftar orang lain, daftarin orang lain, mendaftarkan orang lain, daftar untuk orang lain,
    untuk orang lain, daftarkan peserta lain, tambah orang, tambah orang lain, daftarkan teman, daftarkan teman saya,
    daftarkan istri, daftarkan istri saya, daftarkan suami, daftarkan suami saya, daftarkan anak, daftarkan anak saya,
    daftarkan bapak saya, daftarkan ibu saya, daftarkan adik, daftarkan adik saya, daftarkan kakak, daftarkan kakak saya,
    daftarkan saudara, daftarkan saudara saya, daftarkan keluarga, daftarkan tetangga, wong liyo, wong liya, wong liyane,
    ndaftarno wong liyo, ndaftarno bojo, daftarno bojoku, someone else, somebody else, another person,
    register someone else, register somebody else, register another person`,
  SWITCH: `ganti orang, ganti peserta, pindah orang, pilih orang, pilih peserta, orang sebelumnya, orang yang tadi,
    ganti wong, switch person, change person`,
  APPEAL: `banding, bandhing, ajukan banding, mengajukan banding, mau banding, saya mau banding, mau mengajukan banding,
    saya mau mengajukan banding, saya mengajukan banding, ingin banding, naik banding, minta banding, banding hasil,
    formulir banding, cara banding, caranya banding, keberatan dengan hasil, mau protes, protes hasil, aku arep banding,
    kulo badhe banding, appeal, i want to appeal`,
  FIND: `cari sertifikat, cari sertifikat saya, cari sertifikat lama, sertifikat lama, sertifikat lama saya, cari skk,
    skk lama, perpanjang, perpanjangan, perpanjang sertifikat, perpanjangan sertifikat, perpanjang skk, perpanjangan skk,
    mau perpanjang, mau perpanjang sertifikat, mau perpanjang skk, find certificate, find my certificate, renew,
    renew certificate`,
  WHY: `kenapa, knp, knapa, kenapa ya, mengapa, kenapa saya dikirimi, kenapa saya dikirimi ini, kenapa saya dapat pesan ini,
    kenapa dapat pesan ini, kenapa dapat pesan, kenapa dikirimi, kenapa dikirimi pesan, kenapa dikirim, kenapa pesan ini,
    kenapa kirim pesan, kenapa kirim ini, kok dikirimi, kok dikirimi pesan, kok saya dikirimi, kenopo, ngopo, opo'o,
    why, why this, why this message, why did i get this, why did you send this`,
} as const

export type CommandName = keyof typeof SPOKEN

const COMMANDS = phrases<CommandName>(SPOKEN)
const START_WITH_TOKEN = /^\/start(@\w+)?( [\w-]+)?$/i
const BOT_NAME = /^(\/\w+)@\w+$/

/** The command a message is, as a whole. "UBAH 3" is CORRECT too; `readCorrection` says which answers. */
export function readCommand(text: string): Read<CommandName> {
  const plain = clean(text).replace(BOT_NAME, '$1')
  if (START_WITH_TOKEN.test(plain)) return got<CommandName>('START')
  if (/^\?+$/.test(plain)) return got<CommandName>('HELP')
  const name = lookUp(COMMANDS, plain) ?? (readCorrection(plain) && 'CORRECT')
  return name ? got(name) : not('NOT_A_COMMAND')
}

const LANGUAGES = phrases({
  id: 'id, indo, indonesia, bahasa indonesia, bahasa indo, indonesian, basa indonesia',
  en: 'en, eng, english, inggris, bahasa inggris, in english, english please, basa inggris, switch to english',
  ask: 'bahasa, ganti bahasa, ubah bahasa, pilih bahasa, language, change language, boso, basa, bahasa jawa, ganti basa',
})

/** The language a message asks for as a whole; 'ask' when it only says that another one is wanted. */
export const readLanguage = (text: string): 'id' | 'en' | 'ask' | undefined => lookUp(LANGUAGES, text)

const CHANGE = /^(?:ubah|rubah|koreksi|perbaiki|betulkan|benerin|benahi|ganti|edit|revisi|ralat|salah|change|correct)/
const WRONG = /(?:salah|keliru|diubah|diganti|ganti|ubah|diperbaiki|wrong)$/
const LABEL = /\b(?:nomor|nomer|nmr|no|yang|yg|data|jawaban|poin|point|angka|di|dan|sama|karo|and|number|pak|bu|ya)\b/g

/** The numbers of the summary that a message wants to change: "UBAH 3", "ganti nomor 3 dan 5", "no 3 salah". */
export function readCorrection(text: string): number[] | undefined {
  const said = words(text).replace(/([a-z])(\d)/g, '$1 $2')
  if (!CHANGE.test(said) && !WRONG.test(said)) return undefined
  const rest = said.replace(CHANGE, '').replace(WRONG, '').replace(LABEL, ' ').trim()
  // "07" and longer runs of digits are parts of a phone number or a date.
  const numbers = rest
    .split(/\s+/)
    .map(word => (/^\d/.test(word) ? (/^[1-9]\d?$/.test(word) ? Number(word) : 0) : (readNumberWords(word) ?? 0)))
  return numbers.every(n => n > 0 && n < 100) ? [...new Set(numbers)] : undefined
}
