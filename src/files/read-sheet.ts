// Reads a spreadsheet somebody sent, xlsx or csv, into cells of text: in a process of its own, with little memory and
// little time, since a small file may hold a large one.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'

/** Cells as text, or why there are none. */
export type SheetRead =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly problem: 'too_big' | 'wrong_type' | 'damaged' }

const MOST_BYTES = 1024 * 1024
const MOST_UNZIPPED = 20 * 1024 * 1024
const MOST_ENTRIES = 200
const MEMORY_MB = 96
const SECONDS = 10
const MOST_ANSWER = 8 * 1024 * 1024
const CHILD = fileURLToPath(new URL('./read-sheet-child.ts', import.meta.url))

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

/** Text without what no text holds; at least two lines or two cells. */
function isText(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, 4096))
  return !text.includes('\0') && /[\n;,\t]/.test(text) && !/^\s*(?:<|%PDF|\{)/.test(text)
}

/** What a zip says of itself, before anything in it is unpacked. */
function preflight(bytes: Uint8Array): 'too_big' | 'wrong_type' | 'damaged' | undefined {
  let size = 0
  let entries = 0
  let workbook = false
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        size += originalSize
        entries++
        workbook ||= name === 'xl/workbook.xml'
        return false
      },
    })
  } catch {
    return 'damaged'
  }
  if (size > MOST_UNZIPPED || entries > MOST_ENTRIES) return 'too_big'
  return workbook ? undefined : 'wrong_type'
}

/** Whether bytes may be a spreadsheet at all. */
export const maybeSheet = (bytes: Uint8Array): boolean => isZip(bytes) || isText(bytes)

/** Reads a spreadsheet. Never throws on what somebody sent. */
export async function readSheetFile(bytes: Uint8Array): Promise<SheetRead> {
  if (!maybeSheet(bytes)) return { ok: false, problem: 'wrong_type' }
  if (bytes.length > MOST_BYTES) return { ok: false, problem: 'too_big' }
  const problem = isZip(bytes) ? preflight(bytes) : undefined
  if (problem) return { ok: false, problem }
  const answer = await inChild(isZip(bytes) ? 'xlsx' : 'csv', bytes)
  return answer ? { ok: true, rows: JSON.parse(answer) } : { ok: false, problem: 'damaged' }
}

/** The answer of the process, or nothing where it failed, took too long or too much memory. */
function inChild(form: 'xlsx' | 'csv', bytes: Uint8Array): Promise<string | undefined> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY_MB}`, CHILD, form], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {},
    })
    const pieces: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => child.kill('SIGKILL'), SECONDS * 1_000)
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > MOST_ANSWER) child.kill('SIGKILL')
      else pieces.push(piece)
    })
    // It may end before it has read everything.
    child.stdin.on('error', () => {})
    child.on('error', () => resolve(undefined))
    child.on('close', code => {
      clearTimeout(timer)
      resolve(code === 0 ? Buffer.concat(pieces).toString('utf8') : undefined)
    })
    child.stdin.end(bytes)
  })
}
