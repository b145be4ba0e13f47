// Every transcript over WhatsApp itself: real phones' messages through the client and the house, on both addressings.
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inShort } from '../support/long.ts'
import { onWhatsApp, play, written } from '../support/play.ts'
import { readTranscript } from '../support/transcript.ts'
import { createWhatsAppWorld } from '../support/whatsapp-world.ts'
import { createWorld, type World } from '../support/world.ts'

const FOLDER = new URL('../transcripts/', import.meta.url)
const PHONE = '+6283600000017'

const transcripts = readdirSync(FOLDER)
  .filter(name => name.endsWith('.txt'))
  .map(file => ({ file, ...readTranscript(readFileSync(new URL(file, FOLDER), 'utf8')) }))
  .filter(({ head }) => head.saluran !== 'telegram')

const ADDRESSINGS = ['lid', 'pn'] as const
let plain: World
const worlds = new Map<(typeof ADDRESSINGS)[number], World>()
beforeAll(async () => {
  plain = await createWorld('whatsapp')
  await Promise.all(ADDRESSINGS.map(async known => worlds.set(known, await createWhatsAppWorld(known))))
})
afterAll(() => Promise.all([plain, ...worlds.values()].map(world => world?.close())))

it.each(inShort(transcripts))(
  '$file',
  async ({ lines, head }) => {
    // A LID may come without a number, and then the bot asks for one; a number is always known.
    const byNumber = head['nomor chat'] ?? PHONE
    const numbered = head['nomor chat'] ? written(lines) : await play(plain, lines, head, 'whatsapp', byNumber)
    const playOn = (known: (typeof ADDRESSINGS)[number], phone: string | undefined) =>
      play(worlds.get(known) as World, lines, head, 'whatsapp', phone)
    const [lid, pn] = await Promise.all([playOn('lid', head['nomor chat']), playOn('pn', byNumber)])
    expect(lid).toEqual(onWhatsApp(written(lines)))
    expect(pn).toEqual(onWhatsApp(numbered))
  },
  60_000,
)
