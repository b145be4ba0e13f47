// Tells what people say instead of their name ("siap", "sesuai KTP"), and what they say before it ("nama saya …").
import { words } from './words.ts'

const WHOLE = new Set(
  `siap, siyap, ok, oke, okay, okey, ya, iya, iyo, y, yes, inggih, nggih, njih, betul, benar, sip, monggo, tidak, bukan, no, sudah,
   sampun, wis, hadir, ada, saya, aku, kulo, kula, nama, nama lengkap, nama saya, namaku, jeneng, pak, bapak, bu, ibu, mas, mbak, min,
   admin, kak, bang, halo, hallo, hai, hei, hi, hello, hey, pagi, siang, sore, malam, permisi, misi, tes, test, testing, coba, ping,
   terima kasih, terimakasih, makasih, matur nuwun, suwun, trims, thanks, alhamdulillah, salam, ass, asw, bismillah, asdf, asd,
   qwerty, rt, rw, lurah, kades, null, haha, hehe, hihi, wkwk, laki laki, laki2, lakilaki, perempuan, pria, wanita, islam, indonesia, sama,
   sama saja, itu, ini, rahasia, anonim, anonymous, semua, terserah, maaf, ktp, ok siap, siap pak, baik, lah, loh, kok`
    .split(',')
    .map(saying => saying.trim()),
)
const SALAM =
  /^(?:a?s+al+a*m+u?['’ ]?(?:'?a)?lai?kum|ass?(?:lm|kum|mualaikum)|askum|mikum|samlekum|(?:selamat|slmt|met) (?:pagi|siang|sore|malam|datang|sejahtera)|wa'?alaikum|waalaikum|ass wr)(?!\p{L})/u
/** A word that begins a sentence, not a name; anywhere in a text, two of them make it a sentence. */
const SENTENCE = new Set(
  `mau ingin pengen pingin bade arep daftar mendaftar ndaftar ktp nik hp foto tidak tdk gak ga nggak ndak ora bukan belum blm
   sudah sdh bisa boleh apa apakah siapa kapan dimana bagaimana gimana piye kenapa berapa untuk yang yg pelatihan ujian uji
   sertifikat sertifikasi tukang mandor operator pelaksana nanti besok kemarin sesuai lihat liat cek seperti sama di ke dari
   kartu lupa tahu tau tolong mohon minta kirim isi data nomor nomer alamat umur lahir tanggal kerja saya kalau kalo
   how what who why`.split(/\s+/),
)

/** Whether a text is a saying or a sentence, and so no name. */
export function isSaying(text: string): boolean {
  const said = words(text)
  const parts = said.split(' ')
  const sentence = parts.filter(word => SENTENCE.has(word)).length
  if (WHOLE.has(said) || SALAM.test(said) || /[@?]|https?:|www\./.test(text)) return true
  if ((parts.length > 1 && SENTENCE.has(parts[0] ?? '') && parts[0] !== 'saya') || sentence > 1) return true
  return SENTENCE.has(said) || /^(\p{L})\1{2,20}$/u.test(said) || /^[bcdfghjklmnpqrstvwxz]{3,}$/.test(said)
}

const LABEL =
  /^(?:(?:halo|perkenalkan|maaf|pak|bu|mas|mbak|min|ya|iya)[,.]? +)*(?:(?:nama|nm|name|my name is|jeneng|asma|asmo)(?!\p{L})(?: *(?:ku|e|nya|lengkap|panjang|asli|saya|kulo|aku|peserta|sesuai|di|ktp|adalah|yaitu|is)(?!\p{L}))*|namaku|jenengku|namanya|saya(?: adalah)?(?= )|aku(?= )|kulo(?= )|ini(?= )|i am|atas nama|a\.n\.?|a\/n|an\.)[\s:=.-]*/iu
const AFTER = /[\s,]*(?:sesuai|seperti|sama dengan|di)(?: di)? (?:e-?)?ktp(?: saya)?\.?$/i

/** "nama saya Budi" → Budi, "Budi sesuai KTP" → Budi. */
export const withoutLabel = (text: string): string => text.replace(LABEL, '').replace(AFTER, '')
