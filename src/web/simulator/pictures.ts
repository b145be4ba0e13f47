// Made-up documents to send, so that nobody needs a real one to try the conversation.
import sharp from 'sharp'
import { draw, width } from '../../files/glyphs.ts'
import type { Person } from './view.ts'

export const SAMPLES = ['ktp', 'portrait', 'diploma'] as const
export type Sample = (typeof SAMPLES)[number]

/** A made-up document of a made-up person, as a phone would send it. */
export function samplePicture(sample: Sample, person: Person): Promise<Buffer> {
  const svg = { ktp, portrait, diploma }[sample](person)
  return sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer()
}

const centred = (text: string, middle: number, y: number, size: number, colour: string): string =>
  draw(text, middle - width(text, size) / 2, y, size, colour)

const svg = (w: number, h: number, ...parts: string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">${parts.join('')}</svg>`

const TIE_AND_HAIR = `<path d="M150 270l-32 34 32 60 32-60z" fill="#1e3a5f"/>
  <rect x="124" y="222" width="52" height="62" rx="24" fill="#c68863"/><ellipse cx="150" cy="165" rx="70" ry="86" fill="#d69a74"/>
  <path d="M76 160c-8-88 38-112 76-112 44 0 82 28 73 112-10-40-26-56-74-56s-66 18-75 56z" fill="#1f1a17"/>`
const HEADSCARF = `<path d="M58 178c-6-96 44-134 92-134s98 38 92 134c-2 60 10 80 22 130-40 46-188 46-228 0 12-50 24-70 22-130z" fill="#2f6f73"/>
  <ellipse cx="150" cy="168" rx="64" ry="80" fill="#d69a74"/>
  <path d="M86 160c0-60 30-84 64-84s64 24 64 84c-14-40-34-54-64-54s-50 14-64 54z" fill="#24585b"/>`

/** Head and shoulders in a box; women (day of birth above 40 in the NIK) wear a headscarf. */
const face = ({ nik }: Person, x: number, y: number, scale: number): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})"><rect width="300" height="400" fill="#b42318"/>
  <path d="M20 400c0-95 55-130 130-130s130 35 130 130z" fill="#f3f4f6"/>
  ${Number(nik.slice(6, 8)) > 40 ? HEADSCARF : TIE_AND_HAIR}<circle cx="124" cy="168" r="7" fill="#1f1a17"/><circle cx="176" cy="168" r="7" fill="#1f1a17"/>
  <path d="M126 208q24 18 48 0" stroke="#7a4630" stroke-width="6" fill="none" stroke-linecap="round"/></g>`

function ktp(person: Person): string {
  const ink = '#16324f'
  const line = (label: string, value: string, row: number): string =>
    draw(label, 60, 330 + row * 62, 32, ink) + draw(`: ${value}`, 330, 330 + row * 62, 32, ink)
  return svg(
    1200,
    760,
    `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#cfe6f5"/>
    <stop offset="1" stop-color="#8fc1e3"/></linearGradient></defs><rect width="1200" height="760" fill="url(#g)"/>
    <path d="M0 560q300-120 600 0t600 0v200H0z" fill="#ffffff" opacity=".25"/>`,
    centred('KARTU CONTOH', 600, 90, 54, ink),
    centred('BUKAN KTP - HANYA UNTUK MENCOBA', 600, 146, 34, '#b42318'),
    draw('NIK', 60, 236, 46, ink),
    draw(`: ${person.nik}`, 330, 236, 46, ink),
    line('Nama', person.name.toUpperCase(), 0),
    line('Lahir', person.birthDate.split('-').reverse().join('-'), 1),
    line('Alamat', 'JL. CONTOH NO. 1', 2),
    line('RT/RW', '001/002', 3),
    line('Pekerjaan', 'TUKANG', 4),
    line('Berlaku', 'TIDAK BERLAKU', 5),
    face(person, 860, 270, 0.92),
  )
}

const portrait = (person: Person): string =>
  svg(900, 1200, face(person, 0, 0, 3), centred(`Foto contoh - ${person.name}`, 450, 1160, 40, '#374151'))

const diploma = (person: Person): string =>
  svg(
    1200,
    850,
    `<rect width="1200" height="850" fill="#fdf8ec"/><rect x="30" y="30" width="1140" height="790" fill="none"
    stroke="#a67c2e" stroke-width="10"/><rect x="52" y="52" width="1096" height="746" fill="none" stroke="#a67c2e" stroke-width="3"/>`,
    centred('IJAZAH CONTOH', 600, 190, 76, '#5b4313'),
    centred('Sekolah Menengah Kejuruan Rekaan', 600, 260, 38, '#5b4313'),
    centred('diberikan kepada', 600, 380, 32, '#374151'),
    centred(person.name, 600, 460, 64, '#111827'),
    centred('tokoh rekaan di simulator Sapa', 600, 540, 32, '#374151'),
    centred('TIDAK BERLAKU - HANYA UNTUK MENCOBA', 600, 720, 34, '#b42318'),
  )
