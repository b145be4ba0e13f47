// How a reader begins and ends: with the cleaned beginning of a text, and with why it can't be read.
import { clean } from './clean.ts'
import { readCommand } from './command.ts'
import { not, type Read } from './read.ts'

/** No answer of one value is longer; reading on would only cost time. */
const LONGEST = 500

/** The text cleaned, as far as one value can reach. */
export const opening = (text: string): string => clean(text.slice(0, LONGEST))

/** COMMAND when the whole message is one, else the refusal. For fields where a value may look like a command ("0"). */
export const commandOr = <V>(text: string, refusal: Read<V>): Read<V> =>
  text.length <= LONGEST && readCommand(text).ok ? not<V>('COMMAND') : refusal
