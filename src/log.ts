// The log: ids and names of errors, never what a person wrote. It goes to stderr; stdout belongs to the ready line.
import { type Logger, pino } from 'pino'

/** JSON lines for a machine; at a terminal "07.30.12 message" for whoever started the program there. */
export function createLog(level: 'info' | 'silent' = 'info'): Logger {
  const options = { level, base: null, serializers: { err: describeError } }
  return pino(options, process.stderr.isTTY ? { write: writePlain } : pino.destination({ dest: 2, sync: true }))
}

/** An error without its message: PostgreSQL's and JSON's quote what a person wrote, HTTP's quote a token. */
function describeError(error: unknown): { type: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const frames = error.stack?.match(/\n {4}at .+/g)?.map(frame => frame.trim())
  return { type: error.name, ...code, ...(frames ? { at: frames.slice(0, 8).join(' | ') } : {}) }
}

function writePlain(line: string): void {
  const { time, msg = '', level, ...rest } = JSON.parse(line)
  const clock = new Date(time).toTimeString().slice(0, 8)
  const facts = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''
  process.stderr.write(`${clock} ${level >= 50 ? 'ERROR ' : ''}${msg}${facts}\n`)
}
