// How many notices an account may send in a day, whichever processes send them. Replies are not counted.
import { countPeople } from '../db/cloud.ts'
import { pauseAccount, readNoticesPause } from '../db/pause.ts'
import { countNotices } from '../db/whatsapp-number.ts'
import type { House } from '../house.ts'
import type { Account } from './account.ts'

/** In any 24 hours: notices, on the Cloud API the people they go to. A channel that is not named has no cap. */
export type PerDay = Readonly<Partial<Record<string, number | (() => number)>>>

/** How many more may leave now. Where none may, the account's notices rest until one may again. */
export type Cap = (at: Account) => Promise<number>

export const noCap: Cap = async () => Number.MAX_SAFE_INTEGER

export function createCap({ db }: House, perDay: PerDay): Cap {
  return async at => {
    const limit = perDay[at.channel]
    if (limit === undefined) return noCap(at)
    const most = typeof limit === 'number' ? limit : limit()
    const { sent, free_in } =
      at.channel === 'cloud' ? await countPeople(db, at.account) : await countNotices(db, at.channel, at.account, most)
    if (sent < most) return most - sent
    // A pause that is there already has a reason of its own, which must stay to be seen.
    if (!(await readNoticesPause(db, at)))
      await pauseAccount(db, at, Math.max(60, Math.ceil(free_in)), `daily cap: ${most}`, 'notices')
    return 0
  }
}
