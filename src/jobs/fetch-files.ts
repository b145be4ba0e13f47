// Fetches the files people send: from the platform, through the judge, into the store; then their turn can come.
import { type Bot, FileRefused, type Incoming, type RemoteFile } from '../bots/port.ts'
import { type ClaimedFetch, claimFetches, holdFetches } from '../db/file-fetch.ts'
import { strayFiles } from '../db/retention.ts'
import { judge, MOST_BYTES } from '../files/judge.ts'
import { readSheetFile } from '../files/read-sheet.ts'
import { createStore } from '../files/store.ts'
import type { House } from '../house.ts'
import { type Fetched, fileStored } from '../turn.ts'
import { type Account, addressOf } from './account.ts'
import { createLanes } from './lanes.ts'
import { createRunner, type Runner } from './runner.ts'

/** Fetched at once on one account, and decoded at once: decoding takes a processor each. */
const FETCHES = 8
const DECODERS = 2
const RENEW_MS = 5_000
/** A platform that does not give the file is asked again until then; the turn comes after 60 s in any case. */
const PATIENCE_SECONDS = 45
const AGAIN_SECONDS = 3

export type Fetcher = {
  readonly ring: (at: Account) => void
  readonly stop: () => Promise<void>
}

/** `ready` is rung when a message has got its file. */
export function createFetcher(house: House, bots: readonly Bot[], ready: () => void): Fetcher {
  const store = createStore(house)
  const decoders = createLanes(DECODERS, () => {})
  const underWay = new Map<string, Set<Promise<void>>>()
  const ring = (at: Account): void => runners.get(addressOf(at))?.ring()
  const runners: ReadonlyMap<string, Runner> = new Map(
    bots.map(bot => [addressOf(bot), createRunner(house.log, 'fetching files', () => fetchSome(bot))]),
  )

  /** Starts as many as there is room for; each that ends makes room for the next, so a slow one holds up nobody. */
  async function fetchSome(bot: Bot): Promise<boolean> {
    const busy = underWay.get(addressOf(bot)) ?? new Set()
    underWay.set(addressOf(bot), busy)
    const room = FETCHES - busy.size
    if (room === 0) return false
    for (const row of await claimFetches(house.db, bot, room)) {
      const fetching = fetchOne(bot, row).finally(() => {
        busy.delete(fetching)
        ring(bot)
      })
      busy.add(fetching)
    }
    return false
  }

  async function fetchOne(bot: Bot, row: ClaimedFetch): Promise<void> {
    const id = row.inbox_id
    const renewing = setInterval(() => void holdFetches(house.db, [id]).catch(() => {}), RENEW_MS)
    try {
      const message: Incoming = house.seal.openJson(`inbox.payload:${id}`, row.payload)
      if (message.said.kind !== 'remote_file') return
      const said = await fetched(bot, message.said.file, id)
      const gone = said.kind === 'lost_file' && said.problem === 'unreachable'
      if (gone && row.seconds < PATIENCE_SECONDS) return await holdFetches(house.db, [id], AGAIN_SECONDS)
      const taken = await fileStored(house, id, said)
      if (taken) ready()
      // The turn came first and said so; or an earlier try had stored what can't be fetched any more.
      for (const stray of await strayFiles(house.db, [id])) await store.erase(stray)
    } catch (error) {
      house.log.error({ err: error, inbox: id }, 'a file could not be stored')
    } finally {
      clearInterval(renewing)
    }
  }

  /** The file bears its message's id, so that a repeat after a crash stores it in the same place. */
  async function fetched(bot: Bot, file: RemoteFile, id: string): Promise<Fetched> {
    try {
      const raw = await bot.fetch(file, MOST_BYTES)
      const judged = await decoders.run(id, () => judge(raw))
      if (!judged.ok)
        return judged.problem === 'wrong_type' ? sheetIn(raw) : { kind: 'lost_file', problem: judged.problem }
      const { type, bytes, blurred } = judged
      await store.put(id, bytes)
      const caption = file.caption === undefined ? {} : { caption: file.caption }
      return { kind: 'file', file: { id, type, bytes: bytes.length, blurred }, ...caption }
    } catch (error) {
      if (error instanceof FileRefused) return { kind: 'lost_file', problem: error.problem }
      throw error
    }
  }

  /** What is neither picture nor PDF may be a list: its cells become the message, the file itself is not kept. */
  async function sheetIn(raw: Uint8Array): Promise<Fetched> {
    const read = await readSheetFile(raw)
    return read.ok ? { kind: 'sheet', rows: read.rows } : { kind: 'lost_file', problem: read.problem }
  }

  return {
    ring,
    stop: async () => {
      await Promise.all([...runners.values()].map(runner => runner.stop()))
      await Promise.all([...underWay.values()].flatMap(busy => [...busy]))
    },
  }
}
