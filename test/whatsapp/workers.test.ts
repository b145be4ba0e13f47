// The 75 made-up workers once more: half of them, and the officers, with real phones of the WhatsApp emulator.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWhatsAppWorld } from '../support/whatsapp-world.ts'
import { claim, expectAllRegistered, nominateAll, workers } from '../support/workers.ts'
import { openEvent, type World, worldOf } from '../support/world.ts'

let wire: World
beforeAll(async () => {
  wire = await createWhatsAppWorld('pn')
  await wire.begin('2025-09-20T09:00:00+07:00')
  await openEvent(wire.house)
})
afterAll(() => wire.close())

test('officers nominate over WhatsApp, half of the workers claim there and half on the other app: all are registered', async () => {
  const telegram = worldOf(wire.house, 'telegram')
  const tokens = await nominateAll(wire)
  for (const [n, worker] of workers.entries()) {
    const person = n % 2 === 0 ? wire.person(worker.id, worker.phone) : telegram.person(worker.id)
    const link = n % 2 === 0 ? 'DAFTAR' : '/start'
    expect(await claim(wire.house, person, worker, tokens.get(worker.id) ?? '', link)).toContain('Nomor pendaftaran')
  }
  await expectAllRegistered(wire)
}, 600_000)
