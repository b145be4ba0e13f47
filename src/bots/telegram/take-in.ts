// Takes updates into our inbox, by whichever way they came: a poll or a webhook.
import type { Update } from 'grammy/types'
import type { Inbox } from '../port.ts'
import { type Understood, understand } from './update.ts'

/** Resolves when everything in these updates is committed; whatever came from outside a private chat is turned away. */
export type TakeIn = (inbox: Inbox, updates: readonly Update[]) => Promise<void>

export function createTakeIn(account: string, turnAway: (found: Understood) => void): TakeIn {
  return async (inbox, updates) => {
    const found = understand(account, updates)
    if (found.messages.length > 0) await inbox.receive(found.messages)
    if (found.news.length > 0) await inbox.news(found.news)
    turnAway(found)
  }
}
