// Test files that take longer than the suite may: whole houses with their programs, every transcript over real protocols.
export const LONG = [
  'test/guide/**',
  'test/whatsapp/**',
  'test/cloud/transcripts.test.ts',
  'test/turn/workers.test.ts',
  'test/canary*.test.ts',
  'test/start/{power,emulator}.test.ts',
  'test/web/phones.test.ts',
  'test/cli/{results,nominations,ledger,event}.test.ts',
  'test/timeline.test.ts',
]

/** With CI=1 a third of what is the same in kind. */
export const inShort = <Item>(items: readonly Item[]): Item[] => items.filter((_, i) => !process.env.CI || i % 3 === 0)
