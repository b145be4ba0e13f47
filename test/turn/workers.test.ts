// The 75 made-up workers of the sample event: nominated by their ten associations, claimed on both apps' looks.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claim, expectAllRegistered, nominateAll, workers } from '../support/workers.ts'
import { createWorld, openEvent, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld('telegram')
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
})
afterAll(() => world.close())

test('whoever was nominated by list, file or one by one, and claimed on either app, is registered as he is', async () => {
  const tokens = await nominateAll(world)
  for (const worker of workers) {
    const look = worker.channel === 'whatsapp' ? 'whatsapp' : 'telegram'
    const link = look === 'telegram' ? '/start' : 'DAFTAR'
    const person = world.person(worker.id, undefined, look)
    expect(await claim(world.house, person, worker, tokens.get(worker.id) ?? '', link)).toContain('Nomor pendaftaran')
  }
  await expectAllRegistered(world)
}, 240_000)
