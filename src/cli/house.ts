// Opens the house for a command, beside a running server or alone, and says who acts.
import { userInfo } from 'node:os'
import { readConfig } from '../config.ts'
import type { House } from '../house.ts'
import { createLog } from '../log.ts'
import { openHouse } from '../open-house.ts'

/** Options that every command knows. */
export type Common = { readonly json?: true; readonly by?: string }

/** Runs a command in the house and closes it, whatever happens. */
export async function inHouse<Result>(run: (house: House) => Promise<Result>): Promise<Result> {
  const { house, close } = await openHouse(readConfig(process.env), createLog('silent'))
  try {
    return await run(house)
  } finally {
    await close()
  }
}

/** Who acts, for the audit log: --by, else who is logged in on this machine. */
export function actor({ by }: Common): string {
  if (by?.trim()) return by.trim()
  try {
    return userInfo().username
  } catch {
    // A container's user may have no name.
    return 'operator'
  }
}
