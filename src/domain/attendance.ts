// Reads whether somebody will come: "siap hadir", "mboten saget", "insyaallah", "agak telat nggih".
import { lexicon, NOT_SURE } from './polarity.ts'
import { got, type Read } from './read.ts'
import { lookUp, mentions, phrases, words } from './words.ts'
import { BAD, DONE, FILLER, GOOD, LINK, NOT, TAG, unanswered, YES, yesOrNo } from './yes-no.ts'

export type Attendance = 'HADIR' | 'TIDAK' | 'TENTATIF' | 'TERLAMBAT'

const COME = `hadir hdr hadhir hdir adir hadiri ikut ikutan ikt melu melok nderek ndherek derek datang dtg dateng dtang teko
  rawuh sowan berangkat brangkat budal mangkat otw meluncur saget dapat dpt angsal sagah sanggup iso isa isok bs come coming attend attending
  there present merapat`

const ANSWERS = lexicon({
  filler: `${FILLER} acara acaranya besok sesok mbenjing benjing nanti hari jam tepat waktu pukul pagi siang tanggal di ke
    akan bakal arep ajeng bade badhe pelatihan kegiatan karena krn sebab soalnya lagi sedang persen kita kami i will be can able tetap
    anak istri suami saudara orang tua ortu luar kota mendadak dadakan penting jadi juga`,
  link: LINK,
  yes: YES,
  tag: TAG,
  good: `${GOOD} ${COME} setuju sepakat agree`,
  bad: `${BAD} ijin izin izn ijn absen sakit skt berhalangan halangan pamit cuti repot sibuk kerja kerjaan bekerja lembur
    udzur uzur opname libur bolos keluarga lain hajatan nikahan keperluan urusan kepentingan takziah melayat melahirkan
    meninggal gabisa gakbisa gbisa gbs gabs tidakbisa gaiso gakiso raiso rakiso ndakiso`,
  not: NOT,
  done: DONE,
  maybe: 'tapi tpi tp namun cuma kecuali but except atau utowo utawa apa opo nopo',
})

const LATE = phrases({
  late: `telat, tlat, telad, terlambat, trlambat, terlambt, lambat, kesiangan, agak siang, agak siangan, agak sore, datang siang, kasep, keri,
    kerinan, karian, menyusul, nyusul, belakangan, molor, late, setengah hari`,
})

const MAYBE = phrases({
  maybe: `insyaallah, insya allah, insyaalloh, insya alloh, inshaallah, insha allah, inshallah, insyallah, insyalah, insaallah,
    insa allah, in sha allah, in syaa allah, in shaa allah, in syaallah, isyaallah, isya allah, insyaallah, insya, insyaallahu,
    diusahakan, di usahakan, usahakan, usahain, mengusahakan, diusahakno, usahakno, diusahakake, saya usahakan, berusaha, coba,
    dicoba, nyoba, mungkin, mgkn, mgkin, munkin, kemungkinan, barangkali, bisa jadi, kayaknya, kayake, sepertinya,
    kelihatannya, rencana, rencananya, semoga, smoga, mugi, mugi mugi, mugo mugo, mudah mudahan, mudah2an, moga moga,
    moga2, muga2, kalau, kalo, klo, nek, menawi, menawa, yen, jika, asal, asalkan, tergantung, gantung, gumantung, tentatif,
    tentative, maybe, perhaps, probably, ragu, bimbang, entah, embuh, mbuh, duko, dipikir, pikir, pikir2, mikir,
     dilihat, lihat, liat, delok, didelok, tunggu, menunggu, nunggu, delok sik, ningali, nanti dulu,
    nanti saja, nanti aja, kabari, dikabari, kabarin, mengabari, infokan, konfirmasi, cek dulu, cek jadwal, 50 50, 50 persen, fifty fifty, tidak tentu, gak tentu`,
})

/** The whole of an answer that leaves it open. */
const OPEN = phrases({ open: 'nanti, ntar, engko, mengko, mangke, belum, blm, durung, dereng' })

const ONE_OF = (list: string): string => `(?:${list.trim().split(/\s+/).join('|')})`

/** "tidak bisa hadir karena banjir", "batal hadir": a refusal stands whatever reason follows. */
const REFUSAL = new RegExp(`(?:^| )(?:batal|${ONE_OF(NOT)}(?: jadi)?) (?:bisa|${ONE_OF(COME)})(?: |$)`)
const ILL = /(?:^| )(?:sakit|berhalangan|absen)(?: |$)/
const TIME = /\b(?:jam|jm|pukul|tgl|tanggal)\s*\d[\d.:]*|\b\d+\s*%/gi

const PREVENTED = /\b(berhalangan|halangan) (?:untuk )?(?:hadir|datang|ikut)\b/gi
const ON_TIME = new RegExp(`(?:^| )${ONE_OF(NOT)} (?:akan )?(?:telat|terlambat|kasep|molor)`)

/** The answer to "Bapak/Ibu bisa hadir? 1. Hadir  2. Tidak bisa". */
export function readAttendance(text: string): Read<Attendance> {
  const said = words(text)
  const asks = text.includes('?')
  const verdict = yesOrNo(text.replace(TIME, ' ').replace(PREVENTED, '$1'), ANSWERS)
  const refuses = REFUSAL.test(said)
  if (!asks && mentions(LATE, said) && !refuses && !ON_TIME.test(said)) return got('TERLAMBAT')
  if (!asks && (mentions(MAYBE, said) || NOT_SURE.test(said) || lookUp(OPEN, text))) return got('TENTATIF')
  if (verdict === 'YES') return got('HADIR')
  if (verdict === 'NO' || (verdict === 'UNKNOWN' && !asks && (refuses || ILL.test(said)))) return got('TIDAK')
  return unanswered(text, verdict)
}
