// What a notice says on a channel that takes only approved words once a person has been silent for a day: which template,
// in which language, with which values. `sapa whatsapp templates` prints them for Meta's approval.
import { SUMMARY } from '../domain/result.ts'
import type { NoticeFacts } from './notices.ts'
import type { NomineeFact } from './office-types.ts'
import { sayInstant } from './speak.ts'
import type { Lang } from './types.ts'

type Value = 'name' | 'number' | 'event' | 'when' | 'where' | 'until'

export type NoticeTemplate = {
  readonly name: string
  /** `{name}` is a value's place. Meta wants words around each, and none at an end of the text. */
  readonly body: Readonly<Record<Lang, string>>
  /** Titles of its reply buttons, at most 20 characters: those of the question whether the person comes. */
  readonly buttons?: Readonly<Record<Lang, readonly string[]>>
}

const COMES = { id: ['Bisa hadir', 'Tidak bisa'], en: ['I can come', "I can't"] }

/** By purpose: a decision's name, or to whom a rule of the event file speaks; `asks` behind it where it asks who comes. */
export const TEMPLATES: Readonly<Record<string, NoticeTemplate>> = {
  diterima: {
    name: 'sapa_diterima',
    body: {
      id: 'Selamat, Bapak/Ibu {name}! Pendaftaran {number} untuk {event} diterima. Daftar ulang {when} di {where}. Balas pesan ini kalau ada pertanyaan.',
      en: 'Congratulations, {name}! Registration {number} for {event} is accepted. Please come {when} to {where}. Reply to this message if you have questions.',
    },
  },
  'diterima asks': {
    name: 'sapa_diterima_hadir',
    body: {
      id: 'Selamat, Bapak/Ibu {name}! Pendaftaran {number} untuk {event} diterima. Daftar ulang {when} di {where}. Apakah Bapak/Ibu bisa hadir?',
      en: 'Congratulations, {name}! Registration {number} for {event} is accepted. Please come {when} to {where}. Can you come?',
    },
    buttons: COMES,
  },
  perbaikan: {
    name: 'sapa_perbaikan',
    body: {
      id: 'Bapak/Ibu {name}, ada data pendaftaran {number} untuk {event} yang perlu diperbaiki. Balas LANJUT untuk memperbaikinya.',
      en: 'Dear {name}, something in registration {number} for {event} needs to be corrected. Reply LANJUT to correct it.',
    },
  },
  ditolak: {
    name: 'sapa_belum_diterima',
    body: {
      id: 'Bapak/Ibu {name}, mohon maaf, pendaftaran {number} untuk {event} belum bisa kami terima. Balas STATUS untuk tahu alasannya.',
      en: 'Dear {name}, we are sorry that registration {number} for {event} could not be accepted. Reply STATUS to learn why.',
    },
  },
  perubahan: {
    name: 'sapa_perubahan',
    body: {
      id: 'Bapak/Ibu {name}, ada perubahan acara {event}. Balas JADWAL untuk melihat jadwal dan tempat yang baru.',
      en: 'Dear {name}, something about {event} has changed. Reply JADWAL to see the new times and the place.',
    },
  },
  accepted: {
    name: 'sapa_pengingat',
    body: {
      id: 'Bapak/Ibu {name}, kami ingatkan acara {event}: {when} di {where}. Balas JADWAL untuk melihat acaranya.',
      en: 'Dear {name}, a reminder of {event}: {when} at {where}. Reply JADWAL to see the programme.',
    },
  },
  'accepted asks': {
    name: 'sapa_pengingat_hadir',
    body: {
      id: 'Bapak/Ibu {name}, kami ingatkan acara {event}: {when} di {where}. Apakah Bapak/Ibu bisa hadir?',
      en: 'Dear {name}, a reminder of {event}: {when} at {where}. Can you come?',
    },
    buttons: COMES,
  },
  not_checked_in: {
    name: 'sapa_belum_hadir',
    body: {
      id: 'Bapak/Ibu {name}, acara {event} sudah mulai {when} di {where}, tetapi kami belum melihat Bapak/Ibu. Balas PANITIA kalau ada kendala.',
      en: 'Dear {name}, {event} began {when} at {where} and we have not seen you yet. Reply PANITIA if something is in the way.',
    },
  },
  tawaran: {
    name: 'sapa_tawaran_kursi',
    body: {
      id: 'Bapak/Ibu {name}, ada kursi kosong di {event} untuk Bapak/Ibu. Tawaran ini berlaku sampai {until}. Mau diambil?',
      en: 'Dear {name}, there is a free seat for you at {event}. The offer stands until {until}. Do you take it?',
    },
    buttons: { id: ['Ya, saya ambil', 'Tidak'], en: ['Yes, I take it', 'No'] },
  },
  'usulan-dibatalkan': {
    name: 'sapa_usulan_dibatalkan',
    body: {
      id: 'Bapak/Ibu {name}, usulan asosiasi Bapak/Ibu untuk {event} sudah dibatalkan. Balas PANITIA kalau ada pertanyaan.',
      en: 'Dear {name}, the nomination by your association for {event} was called off. Reply PANITIA if you have questions.',
    },
  },
  pengurus: {
    name: 'sapa_kabar_pengurus',
    body: {
      id: 'Bapak/Ibu pengurus, ada kabar tentang usulan anggota untuk {event}. Balas STATUS untuk melihatnya.',
      en: 'There is news about your nominations for {event}. Reply STATUS to see it.',
    },
  },
  [SUMMARY]: {
    name: 'sapa_hasil_anggota',
    body: {
      id: 'Bapak/Ibu pengurus, hasil uji anggota asosiasi pada {event} sudah diumumkan. Balas HASIL untuk melihat rekapnya.',
      en: 'The results of the members of your association at {event} are announced. Reply HASIL to see the numbers.',
    },
  },
  lanjutkan: {
    name: 'sapa_belum_selesai',
    body: {
      id: 'Bapak/Ibu, pendaftaran {event} belum selesai. Balas LANJUT untuk meneruskannya, jawaban yang lama masih tersimpan.',
      en: 'Your registration for {event} is not finished yet. Reply LANJUT to go on, your answers are kept.',
    },
  },
  tersambung: {
    name: 'sapa_tersambung',
    body: {
      id: 'Bapak/Ibu, baru saja ada chat lain yang disambungkan ke pendaftaran ini. Kalau itu bukan Bapak/Ibu sendiri, segera balas PANITIA.',
      en: 'Another chat was just linked to your registration. If this was not you, please reply PANITIA at once.',
    },
  },
  hasil: {
    name: 'sapa_hasil',
    body: {
      id: 'Bapak/Ibu {name}, hasil uji kompetensi dari {event} sudah ada. Balas HASIL untuk melihatnya.',
      en: 'Dear {name}, your assessment result of {event} is there. Reply HASIL to see it.',
    },
  },
  sertifikat: {
    name: 'sapa_sertifikat',
    body: {
      id: 'Bapak/Ibu {name}, sertifikat dari {event} sudah tercatat. Balas HASIL untuk melihat nomor dan masa berlakunya.',
      en: 'Dear {name}, your certificate from {event} is recorded. Reply HASIL to see its number and how long it is valid.',
    },
  },
  perpanjangan: {
    name: 'sapa_perpanjangan',
    body: {
      id: 'Bapak/Ibu {name}, masa berlaku sertifikat dari {event} hampir habis. Balas HASIL untuk melihat tanggalnya.',
      en: 'Dear {name}, your certificate from {event} expires soon. Reply HASIL to see when.',
    },
  },
  incomplete: {
    name: 'sapa_data_kurang',
    body: {
      id: 'Bapak/Ibu {name}, data untuk {event} belum lengkap. Mohon dilengkapi sebelum {until}: balas LANJUT.',
      en: 'Dear {name}, your data for {event} is not complete yet. Please complete it before {until}: reply LANJUT.',
    },
  },
}

/** Whoever is there already hears of a session in the same words as who is still to come; officers hear that there is news. */
const SAME: Readonly<Record<string, string>> = {
  present: 'accepted',
  'tawaran-pengurus': 'pengurus',
  terkunci: 'pengurus',
  'usulan-sama': 'pengurus',
  'usulan-diperiksa': 'pengurus',
  'usulan-harian': 'pengurus',
}

/** `buttons`: how many it has; without it none. */
export type Chosen = {
  readonly name: string
  readonly language: Lang
  readonly values: readonly string[]
  readonly buttons?: number
}

/** The nominee whom a notice is about. */
type About = { readonly nominee: Pick<NomineeFact, 'name' | 'until'> | null | undefined }

/** The template of a notice; undefined where nobody wrote one, or where a value it needs is not known. */
export function templateFor(
  purpose: string,
  { lang, event, registration, nominee }: Pick<NoticeFacts, 'lang'> & Partial<NoticeFacts> & Partial<About>,
): Chosen | undefined {
  const rule = event?.rules.find(({ id }) => id === purpose)
  const whom = rule?.to ?? purpose
  const kind = TEMPLATES[purpose] ? purpose : (SAME[whom] ?? whom)
  const template = TEMPLATES[rule?.asks ? `${kind} asks` : kind]
  if (!template) return undefined
  const known = event && valuesOf({ lang, event, registration, nominee }, rule?.session ?? null, rule?.deadline ?? null)
  const values = placesIn(template.body[lang]).map(place => known?.[place])
  if (values.some(value => !value?.trim())) return undefined
  const buttons = template.buttons?.[lang].length
  return { name: template.name, language: lang, values: values as string[], ...(buttons ? { buttons } : {}) }
}

/** The values a text wants, in the order of their places. */
export const placesIn = (body: string): Value[] => [...body.matchAll(/\{(\w+)\}/g)].map(found => found[1] as Value)

function valuesOf(
  {
    lang,
    event,
    registration,
    nominee,
  }: Pick<NoticeFacts, 'lang' | 'event'> & About & { readonly registration: NoticeFacts['registration'] | undefined },
  session: string | null,
  deadline: string | null,
): Readonly<Record<Value, string | undefined>> {
  const until = deadline ?? nominee?.until
  const at = event.sessions.find(({ id }) => id === session) ?? event.sessions[0]
  return {
    name: registration?.name ?? nominee?.name,
    number: registration?.number,
    event: event.shortTitle,
    when: at && sayInstant(lang, event, at.start),
    where: event.where,
    until: until ? sayInstant(lang, event, until) : undefined,
  }
}
