// How long it takes until the last of many notices has left, at each channel's pace.
import { GAPS } from '../jobs/pace.ts'

export type ChannelPace = {
  readonly channel: string
  readonly messages: number
  /** From the first to the last. */
  readonly seconds: number
  /** Where a day has room for so many only. */
  readonly days: number
}

/** By channel. `perDay`: how many notices, or people on the Cloud API, a channel's number has room for in a day. */
export function paceOf(
  recipients: readonly { readonly channel: string }[],
  perDay: Readonly<Record<string, number>>,
): readonly ChannelPace[] {
  return [...Map.groupBy(recipients, ({ channel }) => channel)].map(([channel, { length: messages }]) => {
    const [least, most] = GAPS[channel] ?? [0, 0]
    const cap = perDay[channel] || messages
    const days = Math.ceil(messages / cap)
    const onLast = messages - (days - 1) * cap
    return { channel, messages, seconds: (days - 1) * 86_400 + Math.ceil((onLast * (least + most)) / 2), days }
  })
}

/** "telegram: 75 messages, about 3 s". */
export function sayPace({ channel, messages, seconds, days }: ChannelPace): string {
  const told = seconds < 120 ? `about ${seconds} s` : `about ${Math.ceil(seconds / 60)} min`
  return `${channel}: ${messages} messages, ${days > 1 ? `${days} days, as many as may leave in each` : told}`
}
