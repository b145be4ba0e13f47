// Files that a turn leaves to nobody: a picture that nobody asked for, one that was replaced. The sweep erases them.
import type { Kysely } from 'kysely'
import { eraseFiles } from '../db/retention.ts'
import { readRecords } from '../db/rights.ts'
import type { Database } from '../db/schema.ts'
import { documentsOf } from '../flows/answers/file.ts'
import type { Facts } from '../flows/facts.ts'
import type { State, Turn } from '../flows/types.ts'
import type { Seal } from '../seal.ts'
import type { Person } from './person.ts'
import { open } from './rights.ts'

type Db = Kysely<Database>

/** Marks what these turns dropped, in their transaction. */
export async function dropFiles(
  trx: Db,
  seal: Seal,
  taken: readonly { readonly person: Person; readonly turn: Turn }[],
): Promise<void> {
  const dropped: string[] = []
  for (const { person, turn } of taken) {
    const loose = looseFiles(person, turn)
    if (loose.length === 0) continue
    const { registrations, conversation_id } = person.waiting
    const named = registrations.length > 0 ? await filesInRecords(trx, seal, conversation_id) : new Set()
    dropped.push(...loose.filter(id => !named.has(id)))
  }
  if (dropped.length > 0) await eraseFiles(trx, dropped)
}

/** Files that the conversation named or was just sent, and names no more. */
function looseFiles({ said, state, facts, waiting }: Person, turn: Turn): string[] {
  // A message that only led the chat back here was heard elsewhere.
  const sent = said.kind === 'file' && heardHere(facts) ? [said.file.id] : []
  // With a registration in the organiser's hands only its record counts, not what was changed and never handed in.
  const closed = turn.state.done && !state.done && waiting.registrations.length > 0
  const still = closed ? [] : [...documentsOf(turn.state), ...heldFor(turn.state)]
  // Where the chat has changed over since, what waited for a name went along.
  const held = facts.moved === undefined ? heldFor(state) : []
  return [...documentsOf(state), ...held, ...sent].filter(id => !still.includes(id))
}

const heardHere = ({ moved }: Facts): boolean => moved === undefined || moved === 'answered'

/** A picture of which was asked for whom it is. */
const heldFor = ({ aside }: State): string[] =>
  aside?.kind === 'whose' && aside.said.kind === 'file' ? [aside.said.file.id] : []

/** The files that a person's stored registrations name. */
export async function filesInRecords(trx: Db, seal: Seal, conversationId: string): Promise<Set<string>> {
  const rows = await readRecords(trx, conversationId)
  return new Set(rows.flatMap(({ id, record }) => filesIn(open(seal, id, record))))
}

/** The files that a record names. */
export const filesIn = ({ documents }: { readonly documents: Readonly<Record<string, string | null>> }): string[] =>
  Object.values(documents).filter(id => id !== null)
