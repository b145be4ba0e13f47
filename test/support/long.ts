// Test files that take longer than the suite may: whole houses with their programs, every transcript over real protocols.

/** With CI=1 these of them. */
export const SHORT = [
  'test/web/phones.test.ts',
  'test/canary.test.ts',
  'test/cli/{results,officer,checkin,decide,registrations,tasks,evidence}.test.ts',
  'test/start/{folder,command,refused}.test.ts',
  'test/turn/workers.test.ts',
  'test/timeline.test.ts',
  'test/cloud/{cloud,transcripts}.test.ts',
  'test/whatsapp/{emulator,registration,transcripts}.test.ts',
]

export const LONG = [
  ...SHORT,
  'test/whatsapp/*.test.ts',
  'test/guide/*.test.ts',
  'test/canary-chats.test.ts',
  'test/start/{power,emulator}.test.ts',
  'test/cli/{nominations,ledger,event}.test.ts',
]

/** With CI=1 an eighth of what is the same in kind. */
export const inShort = <Item>(items: readonly Item[]): Item[] => items.filter((_, i) => !process.env.CI || i % 8 === 0)
