// Plays every transcript through the house, on each channel's look: what the bot says must be what is written.
// `TRANSCRIPTS=write npx vitest run test/transcripts.test.ts` writes down what it says now, to be read and reviewed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { play, type Spoken, written } from './support/play.ts'
import { readTranscript } from './support/transcript.ts'
import { createWorld, LOOKS, type Look, type World } from './support/world.ts'

const FOLDER = new URL('./transcripts/', import.meta.url)
const WRITE = process.env.TRANSCRIPTS === 'write'
const worlds: Partial<Record<Look, World>> = {}
beforeAll(async () => {
  for (const look of Object.keys(LOOKS) as Look[]) worlds[look] = await createWorld(look)
})
afterAll(() => Promise.all(Object.values(worlds).map(world => world.close())))

for (const file of readdirSync(FOLDER).filter(name => name.endsWith('.txt'))) {
  const text = readFileSync(new URL(file, FOLDER), 'utf8')
  const transcript = readTranscript(text)
  const only = transcript.head.saluran as Look | undefined
  describe(transcript.title, () => {
    for (const look of only ? [only] : (Object.keys(LOOKS) as Look[])) {
      it(`${file} with the look of ${look}`, async () => {
        const said = await play(worlds[look] as World, transcript.lines, transcript.head, look)
        if (WRITE && look === (only ?? 'telegram')) writeFileSync(new URL(file, FOLDER), rewritten(text, said))
        else if (!WRITE) expect(said).toEqual(written(transcript.lines))
      })
    }
  })
}

/** The transcript with what the bot really said. */
function rewritten(text: string, said: Spoken): string {
  const out: string[] = []
  const after: string[] = []
  let inBot = false
  for (const [i, raw] of text.split('\n').entries()) {
    const goesOn = /^\s+\S/.test(raw)
    if (!goesOn) inBot = /^Bot: ?/.test(raw)
    if (inBot) continue
    if (!goesOn) out.push(...after.splice(0))
    out.push(raw)
    after.push(
      ...(said[i + 1]?.map(
        one =>
          `Bot: ${one
            .split('\n')
            .map(l => l || '|')
            .join('\n     ')}`,
      ) ?? []),
    )
  }
  return [...out, ...after].join('\n')
}
