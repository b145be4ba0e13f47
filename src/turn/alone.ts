// A list or a file is a batch of its own: what it costs is not what everybody else waits for.
import type { Person } from './person.ts'

/** More lines than an association has seats, as a rule; fewer cost no more than a talk. */
const LONG = 50
/** So long a list lets everybody else go first. */
const PATIENCE_MS = 3_000

/** An officer's list, its file, or whatever is said while such a list waits for its YA. */
function isLong({ waiting, said, state }: Person): boolean {
  if (!waiting.office) return false
  if (said.kind === 'sheet') return said.rows.length > LONG
  if ((state.office?.draft?.lines.length ?? 0) > LONG) return true
  return said.kind === 'text' && said.text.split('\n', LONG + 1).length > LONG
}

/** Those of a batch who are taken now: everybody without a list, or one list. Who is left out waits on. */
export function together(people: readonly Person[]): readonly Person[] {
  const lists = people.filter(isLong)
  if (lists.length === 0) return people
  const [first] = lists
  const late = lists.find(({ waiting: { now, received_at } }) => now.getTime() - received_at.getTime() > PATIENCE_MS)
  if (late) return [late]
  const others = people.filter(person => !lists.includes(person))
  return others.length > 0 || !first ? others : [first]
}
