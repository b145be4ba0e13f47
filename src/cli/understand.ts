// `sapa understand`: how the bot would read a text, for whoever wants to try many.
import type { Command } from 'commander'
import { understand, understoodFields } from '../domain/understand.ts'
import { print } from './print.ts'
import { CommandRefused } from './refuse.ts'

export function addUnderstand(program: Command): void {
  program
    .command('understand')
    .description('one JSON string a line on stdin → one verdict a line: how the bot would read it')
    .argument('<FIELD>', `one of ${understoodFields.join(', ')}`)
    .action((field: string, _, command: Command) => {
      if (!understoodFields.includes(field))
        command.error(`error: no field "${field}": there is ${understoodFields.join(', ')}`)
      return print(verdicts(field))
    })
}

async function* verdicts(field: string): AsyncGenerator<string> {
  let number = 0
  for await (const line of lines(process.stdin.setEncoding('utf8'))) {
    number++
    if (line.trim() === '') continue
    yield `${JSON.stringify(understand(field, readString(line, number)))}\n`
  }
}

/** Only \n ends a line: JSON may hold what readline also breaks at (U+2028). */
async function* lines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const parts = (rest + piece).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest !== '') yield rest
}

function readString(line: string, number: number): string {
  const refused = new CommandRefused(`line ${number} of the input is no JSON string`)
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'string') return value
  } catch {
    throw refused
  }
  throw refused
}
