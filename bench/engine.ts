// The engine alone: microseconds of CPU for one turn, without database, sealing or network.
import { begin } from '../src/flows/engine.ts'
import type { Flow } from '../src/flows/flow.ts'
import { register } from '../src/flows/register.ts'
import type { Said } from '../src/flows/types.ts'
import { facts, granted } from '../test/flows/facts.ts'
import { ORDINARY } from '../test/support/ordinary.ts'
import { flowOf, linesOf } from './questions.ts'

const ROUNDS = 40
const PEOPLE = 200

/** The best of several rounds: whatever else the machine does only ever adds. */
function microsecondsPerTurn(flow: Flow, lines: readonly string[]): number {
  const said = lines.map((text): Said => ({ kind: 'text', text }))
  const rounds = Array.from({ length: ROUNDS }, () => {
    const { user, system } = process.cpuUsage()
    for (let i = 0; i < PEOPLE; i++) said.reduce((state, one) => granted(flow, state, one, facts).state, begin(flow))
    const { user: u, system: s } = process.cpuUsage()
    return u + s - user - system
  })
  return Math.min(...rounds) / (PEOPLE * lines.length)
}

export const measureEngine = () => ({
  register: microsecondsPerTurn(register, ['daftar', ...Object.values(ORDINARY)]),
  bench: microsecondsPerTurn(flowOf(12), linesOf(12)),
})
if (import.meta.main) console.log(measureEngine())
