// `sapa ledger resolve`: a person decides about a message of which nobody knows whether it arrived, or that did not.
import type { Kysely } from 'kysely'
import { audit } from '../db/audit.ts'
import { findMessages, giveUp, readState, resend, type Unresolved } from '../db/ledger-resolve.ts'
import type { Database } from '../db/schema.ts'
import type { House } from '../house.ts'
import { actor, type Common } from './house.ts'
import { printJson, printLines } from './print.ts'
import { CommandRefused } from './refuse.ts'

export type Resolving = Common & { readonly resend?: true; readonly close?: true; readonly why: string }

export async function resolve({ db, seal }: House, idEnd: string, options: Resolving): Promise<void> {
  const by = actor(options)
  const done = options.resend ? 'resent' : 'closed'
  const message = await db.transaction().execute(async trx => {
    const found = await findOne(trx, idEnd)
    if (options.resend) refuseResend(found)
    if (!(await (options.resend ? resend : giveUp)(trx, found.id)))
      throw new CommandRefused('somebody has decided about it this moment')
    const detail = { rule: found.purpose, number: found.number, former: found.state, why: options.why }
    await audit(trx, seal, [{ by, action: `ledger.${done}`, subject: found.id, detail }])
    return found
  })
  const { id, purpose, number } = message
  return options.json
    ? printJson({ [done]: id, rule: purpose, number })
    : printLines(`${done}: ${[purpose, number, id].filter(Boolean).join(' ')}`)
}

async function findOne(trx: Kysely<Database>, idEnd: string): Promise<Unresolved> {
  const [found, ...others] = await findMessages(trx, idEnd)
  if (others.length > 0) throw new CommandRefused(`several messages end in "${idEnd}": name more of the id`)
  if (found) return found
  const state = await readState(trx, idEnd)
  throw new CommandRefused(
    state ? `nothing to decide: it is ${state}` : `no uncertain or failed message has the id "${idEnd}"`,
  )
}

function refuseResend({ secret, kept, late }: Unresolved): void {
  if (secret) throw new CommandRefused('it holds a code that must not be sent twice; the person was told to ask again')
  if (!kept) throw new CommandRefused('its words were erased after 30 days')
  if (late) throw new CommandRefused('its time is over: it would be of no use')
}
