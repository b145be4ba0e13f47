// Reads yes and no, in Indonesian, Javanese and what people make of them; and consent, which wants clearer words.
import { clean } from './clean.ts'
import { readMenu } from './menu.ts'
import { judge, type Lexicon, lexicon, type Verdict } from './polarity.ts'
import { got, not, type Read } from './read.ts'
import { commandOr } from './refuse.ts'
import { isBlank } from './words.ts'

/** Words that carry no yes or no of their own in any answer. */
export const FILLER = `pak bu bapak ibu bpk ibuk mas mbak mbk min admin kak gan bang bos boss bro cak ning lur ndan komandan
  om pakde yai gus saya sy aku sya kulo kula ini itu iki iku niki niku semua semuanya semuane kabeh sedoyo sedaya sedanten
  sir adanya nya ku sangat i do dulu dl memang emang pancen pun dong donk deh lah kok sih aja saja ae wae mawon banget sekali tenan saestu estu masih msh kan to
  toh tah ta ah oh eh em lho loh begitu gitu ngono ngoten terima kasih makasih mksh trims trimakasih suwun nuwun matur nun
  im ill am it is its alhamdulillah bismillah assalamualaikum waalaikumsalam maaf mohon untuk dengan atas sedikit dikit sithik hal`

export const LINK = 'ada onok ono ana wonten enten yang yg sing seng ingkang perlu usah'

const DATA = `data datanya datane nama namanya namane nik niknya nomor nomer nomornya alamat alamatnya tanggal tgl lahir
  tanggalnya hp jabatan jabatannya asosiasi asosiasinya foto fotonya pendidikan pengalaman ktp isi isinya jawaban
  tertulis tersebut diatas seperti izin ijin`

export const TAG = 'ya yo y nggih nggeh njih njeh'

export const YES = `iya iyo iy yoh yoi yap yep yup yups yupz yes yez ye yea yeah yok yuk ayo iye iyah yah yha iyh
  iyak iyap iyep iyes yaps yoa iyoh iyho iyalah yalah iyadong yaya yaiya iyaiya ngge nggi ngih ngeh inggih
  inggeh ingge inggi enggih enggeh engge enggi engghi injih injeh enjih enjeh muhun sumuhun ho ho'oh hoh he
  he'eh he'em hu'um oyi yaudah yasudah yaudh yowis yowes yawes yawis`

export const NOT = `tidak tdk tak gak rak ga g gk ngk nggak ngga nggk nga ngak enggak engga enggk engak kagak kaga kgk kgak ndak
  nda ndk dak ora ra no nope nop not n t tidk tida tidka tdak tdka tiak ngax bukan bkn bukanlah tidaklah gaklah nggaklah
  dudu sanes boten mboten mbten moten mbotn botn jangan jgn jangn ojo ojok emoh moh wegah ogah gada indak idak henteu teu
  bunten bhunten enjek enjeq enja kadit belum blm blum belom blom belon durung rung durong dereng dreng drg kurang krg
  can't cannot don't won't`

const MAYBE = `tapi tpi tp tapinya namun cuma cuman hanya kecuali nanging but except atau utowo utawa apa opo nopo nanti
  ntar mengko engko mangke mungkin mgkn insyaallah insyaalloh inshaallah kayaknya kayake sepertinya kelihatannya ragu
  terserah entah embuh mbuh sebentar bentar tunggu sek sik sekedap sekedhap`

export const GOOD = `benar bener bnr betul btl btul bner bnar benr beanr betol betl btol betullah leres kasinggihan cocok
  cck ccok cucok cocog pas sesuai sesuwai sesua ssuai tepat valid fix komplit lengkap beres clear cukup aman sip ok oke
  okey okay okeh okei oce ocre okedeh okelah oklah okok oks oqe okw siap siyap sia boleh mau gelem purun kerso bisa lanjut
  lanjutkan lnjut lanjt gas gaskeun gaspol laksanakan monggo mangga sumonggo acc deal right true correct sure tentu pasti
  jelas mantap joss jos sae good apik top bagus baik baiklah sendiko selesai yakin ashiap asiap
  cus kuy skuy mantul okdeh okesip oksip sipok copy`

const AGREED = 'setuju stuju setju setujuh stju sepakat agree'

export const BAD = `salah slah keliru kliru klentu klintu lepat luput wrong false kesalahan kekeliruan tolak menolak nolak
  ditolak males`

export const DONE =
  'sudah sdh udah udh uda dah dh sudh sdah sampun pun mpun wis wes uwis uwes uis telah lastare ampon 86'

const YES_NO = lexicon({
  filler: `${FILLER} ${DATA}`,
  link: LINK,
  yes: YES,
  tag: TAG,
  good: `${GOOD} ${AGREED}`,
  bad: BAD,
  not: NOT,
  done: DONE,
  maybe: MAYBE,
})

/** The verdict on an answer to "1. Ya  2. Tidak"; where words stand beside the number ("1. ya") both must agree. */
export function yesOrNo(text: string, known: Lexicon): Verdict {
  // "No. 1" is a number, no refusal.
  const said = text.replace(/\bno[.\s]*(?=[12]\b)/i, '')
  const [, first, last, number = first ?? last] = NUMBERED.exec(clean(said)) ?? []
  const verdict = judge(number ? said.replace(number, ' ') : said, known)
  if (verdict === 'YES' || verdict === 'NO')
    return !number || verdict === (number === '1' ? 'YES' : 'NO') ? verdict : 'UNCLEAR'
  const menu = readMenu(text, { options: 2 })
  return menu.ok && !menu.warn ? (menu.value === 1 ? 'YES' : 'NO') : verdict
}

/** A 1 or 2 at the beginning or the end of an answer. */
const NUMBERED = /^[([*]?([12])(?![\d.,/]*\d)|(?<![\d.,/-])\b([12])[)\]*.]?$/

/** What is left to say where an answer is neither: nothing was said, a command was, or it is unclear. */
export function unanswered<V>(text: string, verdict: Verdict): Read<V> {
  if (isBlank(text)) return not<V>('EMPTY')
  return verdict === 'UNKNOWN' ? commandOr(text, not<V>('UNCLEAR')) : not<V>('UNCLEAR')
}

/** Yes or no to a confirmation such as "Apakah data ini sudah benar?". */
export function readYesNo(text: string): Read<'YES' | 'NO'> {
  const verdict = yesOrNo(text, YES_NO)
  return verdict === 'YES' || verdict === 'NO' ? got(verdict) : unanswered(text, verdict)
}

// The law wants consent explicit: "ok", "siap", "boleh" and thumbs are polite noises, so they are asked again.
const CONSENT = lexicon({
  filler: FILLER,
  link: LINK,
  vague: `${YES} ${TAG} ${GOOD} ${DONE}`,
  yes: 'iya iyo iyah iye yes inggih inggeh enggih enggeh injih injeh enjih engghi',
  tag: 'ya nggih nggeh njih',
  good: `${AGREED} menyetujui setujui disetujui bersedia sedia rela ikhlas izinkan mengizinkan ijinkan mengijinkan diizinkan accept
    consent memberi memberikan persetujuan`,
  bad: `${BAD} keberatan disagree refuse`,
  not: NOT,
  maybe: MAYBE,
})

/** Consent to the use of personal data: only clear words, the number or the button count. */
export function readConsent(text: string): Read<'CONSENT' | 'REFUSE'> {
  const verdict = yesOrNo(clean(text), CONSENT)
  if (verdict === 'YES') return got('CONSENT')
  if (verdict === 'NO') return got('REFUSE')
  return unanswered(text, verdict)
}
