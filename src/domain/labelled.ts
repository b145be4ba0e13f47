// Takes a message with labelled lines apart: "Nama: …\nNIK: …", also on one line, also without colons.
import { clean } from './clean.ts'
import { phrases, squeeze, words } from './words.ts'

export type LabelId =
  | 'name'
  | 'nik'
  | 'birth_place'
  | 'birth_date'
  | 'sex'
  | 'phone'
  | 'address'
  | 'association'
  | 'trade'
  | 'level'
  | 'experience'
  | 'education'
  | 'event'

export type Labelled = { readonly label: LabelId; readonly text: string }

const LABELS = phrases<LabelId | 'birth'>({
  name: `nama, nama lengkap, nama peserta, nama saya, nama calon peserta, nama sesuai ktp, nama lengkap sesuai ktp, nama ktp, nama pekerja, nama tukang, nm,
    name, full name, nama panjang, nama asli`,
  nik: `nik, no nik, nomor nik, nomer nik, nik ktp, nik no, no ktp, noktp, nomor ktp, nomer ktp, ktp, no ktp nik, nik no ktp, no nik ktp, no induk kependudukan,
    nomor induk kependudukan, no identitas, nomor identitas, id ktp`,
  birth: `ttl, t t l, tempat tgl lahir, tempat tanggal lahir, tmp tgl lahir, tmpt tgl lahir, tempat dan tanggal lahir, tempat dan tgl lahir,
    tempat lahir tanggal lahir, tempat lahir tgl lahir, tempat lahir tanggal, kelahiran, lahir, tgl tempat lahir, tempat tgllahir, tempat tgl lhr, tpt tgl lahir, tanggal dan tempat lahir, tempat tanggal kelahiran`,
  birth_place:
    'tempat lahir, tmp lahir, tmpt lahir, kota lahir, kota kelahiran, tempat kelahiran, tpt lahir, birth place, place of birth',
  birth_date: `tanggal lahir, tgl lahir, tgllahir, tgl lhr, tanggal kelahiran, tanggal lhr, birth date, date of birth, dob, lahir tanggal, lahir tgl`,
  sex: 'jenis kelamin, jns kelamin, jenis klamin, jenis kel, kelamin, jk, j k, l p, gender, sex, laki laki perempuan',
  phone: `hp, no hp, nomor hp, nomer hp, nohp, no hp wa, no wa hp, hp wa, wa hp, nomor hp wa, no hp aktif, nomor hp aktif, no handphone, nomor handphone, handphone, telp, no telp,
    notelp, nomor telp, telp hp, no telp hp, no hp telp, no telp wa, telepon, no telepon, nomor telepon, telpon, no telpon, nomor telpon, tlp, no tlp, tlpn, no tlpn, telepon hp,
    wa, no wa, nomor wa, nomer wa, nowa, whatsapp, no whatsapp, nomor whatsapp, no hp whatsapp, whatsaap, kontak, no kontak, nomor kontak, no hape, hape, phone, phone number, mobile`,
  address: `alamat, almt, alamt, alamat rumah, alamat lengkap, alamat ktp, alamat sesuai ktp, alamat domisili, domisili, alamat tinggal, alamat sekarang, alamat saya, tempat tinggal, address`,
  association: `asosiasi, asosiasi cabang, asal asosiasi, nama asosiasi, dari asosiasi, anggota asosiasi, asosiasi asal, assosiasi, asosiasi profesi, association, utusan`,
  trade: `jabatan, jabatan kerja, jabatan yang diuji, jabker, pekerjaan, profesi, keahlian, bidang, bidang keahlian, bidang kerja, bidang pekerjaan, keterampilan, ketrampilan, kompetensi, skema, skema sertifikasi, posisi, trade,
    jenis pekerjaan, kerja, subklasifikasi, jabatan kerja yang diuji`,
  level: 'jenjang, jenjang kkni, kkni, level, level kkni, tingkat, jenjang skk, lvl, kualifikasi',
  experience: `pengalaman, pengalaman kerja, pengalaman kerja tahun, pengalaman tahun, lama kerja, lama bekerja, lama pengalaman, masa kerja, pglmn, pengalaman bekerja, experience`,
  education: `pendidikan, pendidikan terakhir, pend, pend terakhir, pendidikan akhir, ijazah, ijazah terakhir, ijasah, ijasah terakhir, lulusan, sekolah, tamatan, education`,
  event: 'acara, pelatihan, event, kegiatan, ikut pelatihan, nama pelatihan, nama kegiatan',
})

type Label = LabelId | 'birth'
type Mark = { readonly label: Label; readonly start: number; readonly end: number }

const WORD = /[\p{L}\p{N}']+/gu
/** Bullets, numbers and stars before a label. */
const BULLET = /^[\s*_•·>#-]*(?:\(?\d{1,2}[.)]\s*)?[\s*_•·>-]*$/
/** Labels that are taken for one without a colon, too, by how they begin. */
const PLAIN =
  /^(?:nama|nik|no|nomor|nomer|hp|wa|telp|tlp|ttl|tempat|tgl|tanggal|jenis|jk|alamat|asosiasi|jabatan|pengalaman|pendidikan|jenjang)\b/i

const labelOf = (text: string): Label | undefined => LABELS.get(squeeze(words(text).replace(/ saya$/, '')))

/** The label that ends right before `at`, the longest that is one, and where it begins. */
function labelBefore(line: string, at: number): Mark | undefined {
  // A label is short: no need to look at a whole page for each of its colons.
  const from = Math.max(0, at - 80)
  // "Nama (sesuai KTP):", "*Nama*:".
  const head = line.slice(from, at).replace(/ ?\([^()]*\) ?$/, '')
  const found = [...head.matchAll(WORD)].slice(from > 0 ? 1 : 0).slice(-6)
  for (const first of found) {
    const label = labelOf(head.slice(first.index))
    if (label) return { label, start: from + first.index, end: at + 1 }
  }
  return undefined
}

/** The labels of one line that have a colon or equals sign behind them. */
const marksIn = (line: string): Mark[] =>
  [...line.matchAll(/[:=]/g)].flatMap(sign => labelBefore(line, sign.index) ?? [])

/** A label without a sign at the beginning of a line: "NIK 3575…", "HP - 0836…". */
function bareMark(line: string): Mark | undefined {
  const head = line.slice(0, 60)
  const start = /^[\s*_•·-]*(?:\d{1,2}[.)]\s*)?/.exec(head)?.[0].length ?? 0
  if (!PLAIN.test(head.slice(start))) return undefined
  for (const last of [...head.slice(start).matchAll(WORD)].slice(0, 5).toReversed()) {
    const end = start + last.index + last[0].length
    const label = labelOf(line.slice(start, end))
    if (label && /^[\s.\-/]+[^\s.\-/]/.test(line.slice(end, end + 10))) return { label, start, end }
  }
  return undefined
}

/** A value without the marks people put around it. */
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && ' \n*_:=.-'.includes(text[start] as string)) start++
  while (end > start && ' \n*_,;|'.includes(text[end - 1] as string)) end--
  return text.slice(start, end)
}

type Line = { readonly text: string; readonly marks: readonly Mark[] }

const labelsIn = (lines: readonly Line[]): number => new Set(lines.flatMap(line => line.marks.map(m => m.label))).size

/** The lines of a message with their labels; a label counts where it leads its line, or stands beside another. */
function linesOf(text: string): Line[] {
  const lines = text.split('\n').map(line => {
    const marks = marksIn(line)
    const first = marks[0]
    const leads = first !== undefined && first.start < 20 && BULLET.test(line.slice(0, first.start))
    return { text: line, marks: leads || marks.length > 1 ? marks : [] }
  })
  // Without colons there must be two labelled lines: "Nama Budi" alone is just an answer.
  const bare = lines.map(line =>
    line.marks.length ? line : { text: line.text, marks: [bareMark(line.text)].flatMap(m => m ?? []) },
  )
  return labelsIn(bare) > 1 ? bare : lines
}

/** What a message says under labels, each label once, in its order. Empty where nothing is labelled. */
export function readLabelled(text: string): Labelled[] {
  const plain = clean(text)
  const whole = linesOf(plain)
  // "Nama Budi, NIK 3575…, HP 0836…" on one line.
  const lines = labelsIn(whole) > 0 ? whole : linesOf(plain.replace(/[,;|]/g, '\n'))
  if (labelsIn(whole) === 0 && labelsIn(lines) < 2) return []
  const found: Labelled[] = []
  let open: Label | undefined
  for (const { text: line, marks } of lines) {
    if (marks.length === 0 && open && !continued(found, open, trim(line))) open = undefined
    marks.forEach(({ label, end }, i) => {
      found.push(...parts(label, trim(line.slice(end, marks[i + 1]?.start))))
      open = label
    })
  }
  const said = found.filter(line => line.text !== '')
  return said.filter((line, i) => said.findIndex(l => l.label === line.label) === i)
}

/** A line without a label belongs to an address, or to a label with nothing behind it yet. False: it belongs to none. */
function continued(found: Labelled[], label: Label, text: string): boolean {
  const last = found.at(-1)
  if (!last || text === '') return true
  if (last.text === '') found.splice(-1, 1, ...parts(label, text))
  else if (label === 'address' && !THANKS.test(text)) found[found.length - 1] = { label, text: `${last.text}, ${text}` }
  else return false
  return true
}

const THANKS = /^(?:terima ?kasih|makasih|matur|suwun|demikian|mohon|trims|thanks)/i

/** "Pasuruan, 17-08-1985" is two answers. */
function parts(label: Label, text: string): Labelled[] {
  if (label !== 'birth' && !(label === 'birth_place' && /\d/.test(text))) return [{ label, text }]
  const date = text.search(/(?:\b(?:tgl|tanggal)\b|\d)/i)
  const place = (date < 0 ? text : text.slice(0, date)).replace(/[\s,./-]+$/, '')
  return [
    { label: 'birth_place', text: trim(place) },
    { label: 'birth_date', text: date < 0 ? '' : text.slice(date) },
  ]
}
