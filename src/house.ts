// The things every shell function gets first.
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from './db/schema.ts'
import type { Seal } from './seal.ts'

export type House = {
  readonly db: Kysely<Database>
  readonly seal: Seal
  readonly log: Logger
  /** Where the files lie; sealed, one file an id. */
  readonly dataDir: string
}
