// The usual minimum of education and experience for a level: a warning to whoever verifies, never a wall.
import { requirements } from './catalogue.ts'
import { EDUCATIONS, type Education } from './education.ts'

/** The kinds of education the minimums name, as ours. "Profesi" and the fresh-graduate route are left to people. */
const NAMED: Readonly<Record<string, Education>> = {
  'NONE+PBK': 'NONE',
  'SD/SMP': 'SD',
  SMA: 'SMA',
  SMK: 'SMK',
  D1: 'D1',
  'D1/SMK-plus': 'D1',
  D2: 'D2',
  D3: 'D3',
  'S1/D4': 'S1',
  S2: 'S2',
  S3: 'S3',
}

/**
 * How many years of experience are missing for a level, or undefined where nothing is. Infinity where the education
 * alone is too low. A higher education counts as every lower one.
 */
export function missingYears(level: number, education: Education, years: number): number | undefined {
  const rank = EDUCATIONS.indexOf(education)
  const routes = Object.entries(requirements[level] ?? {}).flatMap(([name, least]) => {
    const needed = NAMED[name]
    return needed && EDUCATIONS.indexOf(needed) <= rank ? [least] : []
  })
  const missing = Math.min(...routes) - years
  return missing > 0 && requirements[level] ? missing : undefined
}
