// The registration of a worker, as it is spoken. Adding a question is one step here and one line in a transcript.
import type { Nik, Sex } from '../domain/nik.ts'
import { missingYears } from '../domain/requirements.ts'
import { choice, consent, openEvents, whichEvent, yesNo } from './answers/choice.ts'
import { document } from './answers/file.ts'
import { address, birthDate, birthPlace, nik, type Phone, personName, phone, sex } from './answers/identity.ts'
import { association, type Education, education, entryAt, experience, level, trade } from './answers/work.ts'
import type { RegistrationRecord } from './facts.ts'
import { flow } from './flow.ts'
import { say, sayDate } from './speak.ts'
import type { Context } from './types.ts'

/** Raised whenever the consent question's text changes in any language; kept with every consent. */
export const CONSENT_VERSION = '2025-2'

type Known = {
  readonly nik?: Nik
  readonly nik_ok?: string
  readonly nik_wrong?: string
  readonly birth_date?: string
  readonly sex?: Sex
}

/** The NIK may be wrong for life: what the person says of date and sex then counts, and is flagged. */
const dateIsWrong = (a: Known): boolean => a.nik_ok === 'NO' && (a.nik_wrong === 'date' || a.nik_wrong === 'both')
const sexIsWrong = (a: Known): boolean => a.nik_ok === 'NO' && (a.nik_wrong === 'sex' || a.nik_wrong === 'both')
const bornOn = (a: Known): string => (dateIsWrong(a) && a.birth_date) || a.nik?.birth_date || ''
const sexOf = (a: Known): Sex => (sexIsWrong(a) && a.sex) || a.nik?.sex || 'L'
/** Date of birth (and sex, if given) were written beside the NIK and agree with it: nothing to confirm. */
const agrees = (a: Known): boolean =>
  a.birth_date === a.nik?.birth_date && (a.sex === undefined || a.sex === a.nik?.sex)

const born = (a: Known, { lang }: Context) => ({
  date: bornOn(a) && sayDate(lang, Temporal.PlainDate.from(bornOn(a))),
  sex: say(lang, `sex_${sexOf(a)}`),
})

const LEVEL = level()

export const register = flow(
  'register',
  'Selamat datang di pendaftaran {event}. Mendaftar sekitar 5 menit, siapkan KTP Bapak/Ibu.',
)
  .ask(
    'consent',
    consent({ id: 'Setuju', en: 'I agree' }, { id: 'Tidak setuju', en: 'I do not agree' }),
    'Sebelum mulai, kami minta izin memakai data Bapak/Ibu.\n' +
      '• Siapa: {organiser}\n' +
      '• Data: nama, NIK, tempat tanggal lahir, nomor HP, alamat, asosiasi, pekerjaan, pendidikan, foto dokumen\n' +
      '• Untuk: pendaftaran, uji kompetensi dan pengingat jadwal\n' +
      '• Dilihat: panitia, asesor LSP, dan LPJK yang mencatat sertifikat\n' +
      '• Disimpan: yang belum selesai, batal atau ditolak {days} hari; foto KTP sampai selesai diperiksa; hasil selama sertifikat berlaku\n' +
      '• Hak, kapan saja: melihat (ketik DATA SAYA), memperbaiki (KOREKSI), menghapus atau menarik izin (HAPUS DATA)\n' +
      '• Ada pertanyaan? Ketik PANITIA\n' +
      'Apakah Bapak/Ibu setuju? Balas SETUJU atau TIDAK SETUJU.\n' +
      'English: type EN',
    {
      again: 'Apakah Bapak/Ibu setuju datanya dipakai seperti tertulis di atas? Balas SETUJU atau TIDAK SETUJU.',
      help: 'Kalau setuju balas angka 1. Kalau tidak setuju balas angka 2.',
      fill: (_, { facts, event }) => {
        const events = event ? [event] : openEvents(facts)
        return {
          organiser: [...new Set(events.map(e => e.organiser))].join('; '),
          days: String(Math.min(...events.map(e => e.draftDays))),
        }
      },
      brings: value => ({
        effects: [{ kind: 'consent', purpose: 'registration', version: CONSENT_VERSION, given: value === 'CONSENT' }],
        ends: value === 'REFUSE',
      }),
    },
  )
  .ask('event', whichEvent(), 'Mau ikut pelatihan yang mana?', { help: 'Balas dengan angka di depan pelatihannya.' })
  .ask('name', personName(), 'Siapa nama lengkap Bapak/Ibu, sesuai KTP? Contoh: Budi Santoso', {
    label: 'Nama',
    help: 'Lihat tulisan NAMA di KTP, lalu ketik persis seperti itu. Contoh: SITI AMINAH',
  })
  .ask('nik', nik(), 'Berapa NIK Bapak/Ibu? Ada 16 angka di KTP, contoh: 3575011708859001', {
    label: 'NIK',
    help: 'NIK adalah deretan 16 angka di bagian atas KTP, di bawah nama provinsi dan kota. Ketik angkanya saja, boleh pakai spasi.',
    contested: {
      ask: (value, { event }) => ({ kind: 'nik_free', event: event?.id ?? '', nik: value.nik }),
      refused: 'NIK_TAKEN',
    },
    detail: context => say(context.lang, 'born', born(context.answers as Known, context)),
  })
  .ask('nik_ok', yesNo(), 'Menurut NIK itu, Bapak/Ibu lahir {date}, {sex}. Benar?', {
    of: 'nik',
    when: a => !agrees(a),
    fill: ({ nik: read }, { lang }) => ({
      date: read ? sayDate(lang, Temporal.PlainDate.from(read.birth_date)) : '',
      sex: say(lang, `sex_${read?.sex ?? 'L'}`),
    }),
    help: 'Kalau tanggal lahir dan jenis kelaminnya benar balas 1. Kalau ada yang salah balas 2.',
  })
  .ask(
    'nik_wrong',
    choice({ nik: 'wrong_nik', date: 'wrong_date', sex: 'wrong_sex', both: 'wrong_both' }),
    'Yang tidak cocok yang mana?',
    {
      of: 'nik',
      when: a => a.nik_ok === 'NO',
      help: 'Kalau angka NIK-nya keliru balas 1, nanti ditulis lagi.',
      brings: value => (value === 'nik' ? { reopens: ['nik', 'nik_ok', 'nik_wrong'] } : {}),
    },
  )
  .ask('birth_date', birthDate(), 'Tanggal lahir yang benar menurut KTP? Contoh: 17-08-1985', {
    when: dateIsWrong,
    help: 'Tulis tanggal, bulan, tahun. Contoh: 5 Maret 1990',
  })
  .ask('sex', sex(), 'Menurut NIK {sex}. Yang benar menurut KTP yang mana?', {
    when: sexIsWrong,
    fill: (a, { lang }) => ({ sex: say(lang, `sex_${a.nik?.sex ?? 'L'}`) }),
  })
  .ask('birth_place', birthPlace(), 'Di kota atau kabupaten mana Bapak/Ibu lahir, sesuai KTP? Contoh: Pasuruan', {
    label: 'Tempat lahir',
    help: 'Lihat tulisan TEMPAT/TGL LAHIR di KTP, ketik nama tempatnya saja. Contoh: Malang',
  })
  .ask('phone', phone({ id: 'Pakai', en: 'Use' }), 'Berapa nomor HP Bapak/Ibu? Contoh: 0812 3456 7890', {
    label: 'Nomor HP',
    help: 'Ketik nomor HP yang aktif, diawali 08. Contoh: 0812 3456 7890. Boleh nomor keluarga.',
  })
  .ask(
    'address',
    address(),
    'Di mana alamat rumah Bapak/Ibu sekarang? Contoh: Jl. Merdeka No. 5 RT 02 RW 03, Kel. Bugul Kidul, Kec. Bugul Kidul, Kota Pasuruan',
    { label: 'Alamat', help: 'Tulis nama jalan atau dusun, RT/RW, kelurahan dan kecamatannya dalam satu pesan.' },
  )
  .ask('association', association(), 'Dari asosiasi apa Bapak/Ibu mendaftar? Contoh: GAPENSI', {
    label: 'Asosiasi',
    help: 'Tanyakan kepada pengurus yang mengajak Bapak/Ibu, atau pilih dari daftar dengan angkanya.',
  })
  .ask('trade', trade(), 'Jabatan kerja apa yang mau diuji? Contoh: tukang batu', {
    label: 'Jabatan kerja',
    help: 'Tulis pekerjaan Bapak/Ibu sehari-hari, misalnya tukang kayu, tukang cat, mandor, operator excavator. Atau pilih dari daftar.',
    detail: context => {
      const only = LEVEL.sole?.(context)
      return only === undefined ? '' : LEVEL.show(only, context)
    },
  })
  .ask('level', LEVEL, 'Pilih jenjangnya:', {
    label: 'Jenjang',
    of: 'trade',
    when: a => a.trade !== undefined,
    help: 'Jenjang yang lebih tinggi perlu pengalaman lebih lama. Kalau ragu, pilih yang paling kecil.',
  })
  .ask('experience', experience(), 'Sudah berapa tahun Bapak/Ibu bekerja di bidang itu? Contoh: 5 tahun', {
    label: 'Pengalaman',
    help: 'Tulis angkanya saja, kira-kira. Contoh: 10',
  })
  .ask('education', education(), 'Apa ijazah terakhir Bapak/Ibu?', {
    label: 'Pendidikan',
    help: 'Balas dengan angka di depan pilihannya. Kalau tidak ada, pilih Lainnya.',
  })
  .ask('ktp', document(), 'Kirim foto KTP Bapak/Ibu. Belum ada? Ketik LEWATI.', {
    label: 'Foto KTP',
    skippable: true,
    help: 'Tekan tanda klip atau kamera di HP, foto KTP-nya, lalu kirim. Kalau sulit, ketik LEWATI dan bawa KTP saat hari H.',
  })
  .ask('portrait', document(true), 'Kirim pas foto Bapak/Ibu, wajah terlihat jelas. Belum ada? Ketik LEWATI.', {
    label: 'Pas foto',
    skippable: true,
    help: 'Foto wajah dari depan, boleh pakai HP. Kalau sulit, ketik LEWATI.',
  })
  .ask('diploma', document(), 'Terakhir, kirim foto ijazah. Belum ada? Ketik LEWATI.', {
    label: 'Foto ijazah',
    skippable: true,
    help: 'Foto lembar ijazahnya, tulisan harus terbaca. Kalau sulit, ketik LEWATI dan bawa saat hari H.',
  })
  .confirm('Apakah data ini sudah benar?')
  .done((a, { event }, warnings) => ({
    kind: 'register',
    event: event?.id ?? '',
    record: {
      name: a.name.name,
      ...(a.name.prefix ? { title_before: a.name.prefix } : {}),
      ...(a.name.suffix ? { title_after: a.name.suffix } : {}),
      nik: a.nik.nik,
      birth_date: bornOn(a),
      sex: sexOf(a),
      birth_place: a.birth_place,
      ...phoneOf(a.phone),
      address: a.address,
      trade: entryAt(a.trade, a.level)?.id ?? a.trade,
      level: a.level,
      association: a.association,
      experience_years: a.experience,
      education: a.education,
      documents: { ktp: a.ktp?.id ?? null, portrait: a.portrait?.id ?? null, diploma: a.diploma?.id ?? null },
      warnings: [...new Set([...warnings, ...doubts(a)])],
    },
  }))

const phoneOf = ({ phone: number, proven }: Phone): Pick<RegistrationRecord, 'phone' | 'phone_proven'> => ({
  phone: number,
  phone_proven: proven,
})

/** What an organiser should look at: contradictions to the NIK and experience below the usual minimum. */
function doubts(
  a: Known & { readonly level: number; readonly education: Education; readonly experience: number },
): string[] {
  const missing = missingYears(a.level, a.education, a.experience)
  return [
    ...(bornOn(a) === a.nik?.birth_date ? [] : ['NIK_DOB_MISMATCH']),
    ...(sexOf(a) === a.nik?.sex ? [] : ['NIK_SEX_MISMATCH']),
    ...(missing ? ['EXPERIENCE_BELOW_MINIMUM'] : []),
  ]
}
