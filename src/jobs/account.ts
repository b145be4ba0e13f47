// An account of ours on a channel, and the one word for it.
import type { Account } from '../db/waiting.ts'

export type { Account } from '../db/waiting.ts'

/** `telegram-12345`: names its queue, its sweep, its pace. */
export const addressOf = ({ channel, account }: Account): string => `${channel}-${account}`
