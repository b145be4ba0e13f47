// Who comes back with another number or app finds the own record again: by the certificate's number and the birth date.
import { readCommand } from '../domain/command.ts'
import { certificateKey } from '../domain/result.ts'
import { nameOf } from './people.ts'
import { type Standing, talking } from './progress.ts'
import { birthIn } from './result.ts'
import type { ResultAside } from './result-types.ts'
import { say } from './speak.ts'
import { ask, type Step, tell } from './step.ts'
import type { Said } from './types.ts'

/** As few letters and digits as a certificate's number has. */
const SHORTEST = 6

/** A number or a birth date; undefined where the message is neither. */
export function hearFind(
  at: Standing,
  { certificate }: Extract<ResultAside, { readonly kind: 'find' }>,
  said: Said,
): Step | undefined {
  if (said.kind !== 'text' || readCommand(said.text).ok) return undefined
  if (certificate === undefined) {
    const key = certificateKey(said.text)
    return key.length < SHORTEST || !/\d/.test(key) ? undefined : ask(at, { kind: 'find', certificate: key })
  }
  const read = birthIn(at, said)
  if (read === undefined) return undefined
  if ('why' in read) return ask(at, { kind: 'find', certificate }, read.why)
  const refused = at.facts.outcomes.find(one => one.kind === 'move')
  const { lang } = at.state
  if (refused?.why === 'same') return tell(at, talking(at), say(lang, 'link_elsewhere'))
  if (refused?.why === 'limited')
    return { ...tell(at, talking(at), say(lang, 'find_limit')), effects: [{ kind: 'task', task: 'certificate_limit' }] }
  if (refused) return ask(at, { kind: 'find' }, say(lang, 'find_unknown'))
  const to = { kind: 'found', certificate, birth: read.date } as const
  return { state: at.state, put: false, asks: [{ kind: 'move', to, forgets: nameOf(at.state) === null }] }
}
