// Times as people in the event's zone read them.

const inZone = (timezone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('id-ID', { timeZone: timezone, ...options })

export const hour = (at: string | Date, timezone: string): string =>
  inZone(timezone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at))

/** "11.47 WIB" */
export const clock = (at: Date, timezone: string): string =>
  inZone(timezone, { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(at)

/** "24 November", for the line between two days of a chat. */
export const day = (at: string | Date, timezone: string): string =>
  inZone(timezone, { day: 'numeric', month: 'long' }).format(new Date(at))

/** "Sel, 24 Nov 2026" */
export const date = (at: string | Date, timezone: string): string =>
  inZone(timezone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at))

/** "11–12 Desember 2026": ISO dates, which have no zone. */
export const days = (from: string, to: string): string =>
  inZone('UTC', { day: 'numeric', month: 'long', year: 'numeric' }).formatRange(new Date(from), new Date(to))
