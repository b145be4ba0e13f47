// Every transcript over WhatsApp itself: real phones' messages through the client and the house, on both addressings.
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { play, written } from '../support/play.ts'
import { readTranscript } from '../support/transcript.ts'
import { createWhatsAppWorld } from '../support/whatsapp-world.ts'
import { createWorld, type World } from '../support/world.ts'

const FOLDER = new URL('../transcripts/', import.meta.url)
const PHONE = '+6283600000017'

const transcripts = readdirSync(FOLDER)
  .filter(name => name.endsWith('.txt'))
  .map(file => ({ file, ...readTranscript(readFileSync(new URL(file, FOLDER), 'utf8')) }))
  .filter(({ head }) => head.saluran !== 'telegram')

describe.each(['lid', 'pn'] as const)('addressed by %s', addressing => {
  let world: World
  let plain: World
  beforeAll(async () => {
    ;[world, plain] = await Promise.all([createWhatsAppWorld(addressing), createWorld('whatsapp')])
  })
  afterAll(() => Promise.all([world.close(), plain.close()]))

  it.each(transcripts)(
    '$file',
    async ({ lines, head }) => {
      // A LID may come without a number, and then the bot asks for one; a number is always known.
      const phone = addressing === 'pn' ? (head['nomor chat'] ?? PHONE) : head['nomor chat']
      const wanted = phone === head['nomor chat'] ? written(lines) : await play(plain, lines, head, 'whatsapp', phone)
      expect(await play(world, lines, head, 'whatsapp', phone)).toEqual(wanted)
    },
    60_000,
  )
})
