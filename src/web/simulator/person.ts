// Made-up people of the simulator: everything about one follows from the id, so nothing but the id is kept.
import type { Person } from './view.ts'

const MEN = `Slamet Sugeng Bambang Suwarno Hadi Agus Mulyono Choirul Imam Samsul Budi Wahyu Eko Rudi Supriyadi Joko`
const WOMEN = `Siti Sri Endang Lilik Sulastri Dewi Nur Wiwik Yuni Umi`
const LAST = `Riyadi Santoso Widodo Hartono Prasetyo Utomo Rosyid Anwar Purnomo Setiawan Hidayat Kurniawan Basuki Wijaya`
const LAST_WOMEN = `Aminah Wahyuni Lestari Rahayu Astuti Handayani Kholifah Ningsih Hidayati Mulyani`

const FORM = /^([a-z]+)-([a-z]+)-(\d{4})$/

const list = (names: string): string[] => names.split(' ')
const pick = (names: string, at: number): string => list(names)[at % list(names).length] as string
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const two = (value: number): string => String(value).padStart(2, '0')

/** The id of the made-up person with this number (0–9999): `siti-rahayu-0421`. */
export function personId(number: number): string {
  const woman = number % 4 === 0
  const first = pick(woman ? WOMEN : MEN, Math.floor(number / 7))
  const last = pick(woman ? LAST_WOMEN : LAST, Math.floor(number / 3))
  return `${first}-${last}-${String(number).padStart(4, '0')}`.toLowerCase()
}

/** Who stands behind an id, or undefined where it is none of ours. Phones and NIK serials (9xxx) are nobody's. */
export function personOf(id: string): Person | undefined {
  const [, first, last, digits] = FORM.exec(id) ?? []
  if (!first || !last || !digits) return undefined
  const number = Number(digits)
  const woman = list(WOMEN.toLowerCase()).includes(first)
  const [day, month, year] = [1 + (number % 28), 1 + (Math.floor(number / 28) % 12), 1968 + (number % 35)]
  return {
    id,
    name: `${capital(first)} ${capital(last)}`,
    phone: `+628360000${digits}`,
    nik: `3575${two(1 + (number % 4))}${two(woman ? day + 40 : day)}${two(month)}${two(year % 100)}9${digits.slice(1)}`,
    birthDate: `${year}-${two(month)}-${two(day)}`,
  }
}
