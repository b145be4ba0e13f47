// Officers in tests: people of a world whose chats are bound to an association.
import type { Reply } from '../../src/flows/types.ts'
import { invite } from './office.ts'
import type { Person, World } from './world.ts'

/** Says something; gives what was answered as one text. */
export const say = async (person: Person, text: string): Promise<string> =>
  textOf(await person.says({ kind: 'text', text }))

export const textOf = (replies: readonly Reply[]): string => replies.map(reply => reply.text).join('\n')

/** Somebody who nominates for an association. */
export async function officerOf(world: World, association: string): Promise<Person> {
  const officer = world.person(`pengurus ${association}`)
  await say(officer, `PENGURUS ${await invite(world, association)}`)
  return officer
}

/** Nominates these lines; gives the tokens of their links, in their order. */
export async function nominate(officer: Person, ...lines: readonly string[]): Promise<readonly string[]> {
  await say(officer, lines.map((line, n) => `${n + 1}. ${line}`).join('\n'))
  return tokensIn(await say(officer, 'YA'))
}

export const tokensIn = (told: string): readonly string[] =>
  [...told.matchAll(/DAFTAR ([0-9A-Z]{10})\b/g)].map(match => match[1] as string)
