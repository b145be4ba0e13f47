// What a reader answers to a text it can't read: that a command was given instead, or why not.
import { readCommand } from './command.ts'
import { not, type Read } from './read.ts'

/** COMMAND when the whole message is one, else the refusal. For fields where a value may look like a command ("0"). */
export const commandOr = <V>(text: string, refusal: Read<V>): Read<V> =>
  readCommand(text).ok ? not<V>('COMMAND') : refusal
