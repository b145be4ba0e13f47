// Which region codes of a NIK exist today. Retired codes live on in real NIKs: unknown is a doubt, never a refusal.
import regions from './data/regions.json' with { type: 'json' }

/** Districts of each regency or city, as ranges: "01-03 07". */
const DISTRICTS = new Map<string, string>(Object.entries(regions.districts))
const PROVINCES = new Set([...DISTRICTS.keys()].map(code => code.slice(0, 2)))

export const isProvince = (code: string): boolean => PROVINCES.has(code)

export const isRegency = (code: string): boolean => DISTRICTS.has(code)

/** Whether a six-digit code is a district of a known regency. */
export function isDistrict(code: string): boolean {
  const number = code.slice(4)
  return (DISTRICTS.get(code.slice(0, 4)) ?? '').split(' ').some(range => {
    const [first = '', last = first] = range.split('-')
    return first <= number && number <= last
  })
}
