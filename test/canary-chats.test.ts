// The canary over WhatsApp: a linked device with its keys and journal, and the Cloud API; through reminders and answers.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DOCUMENT, find, findInFolder, NAME, NIK, PHONE, rowsOf } from './support/canary.ts'
import { createCloudWorld } from './support/cloud-world.ts'
import { askLink } from './support/whatsapp-desk.ts'
import { createWhatsAppWorld } from './support/whatsapp-world.ts'
import { openEvent, type World } from './support/world.ts'

const ADDRESS = 'Jl. Erlangga No. 156 RT 05 RW 01, Sekargadung, Purworejo, Kota Pasuruan'
const PHOTO = { id: '01900000-0000-7000-8000-000000000000', type: 'image/jpeg', bytes: 1000, blurred: false } as const

let world: World | undefined
afterEach(async () => {
  vi.restoreAllMocks()
  await world?.close()
})

/** Everything that the process says. */
function listen(): () => string {
  const said: string[] = []
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk: string | Uint8Array) => {
      said.push(String(chunk))
      return true
    })
  return () => said.join('')
}

/** A registration with the canaries in it, reminders, an answer in words, a correction, a task, a code. */
async function live(world: World): Promise<void> {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
  const worker = world.person('pekerja', `+62${PHONE}`)
  const say = (text: string) => worker.says({ kind: 'text', text })
  const texts = [
    'P',
    'setuju',
    NIK,
    NAME,
    NIK,
    'ya',
    'Pasuruan',
    `0${PHONE}`,
    ADDRESS,
    'gapensi',
    'tukang batu',
    '5 tahun',
  ]
  for (const text of [...texts, 'SMP', `${DOCUMENT}.jpg`]) await say(text)
  await worker.says({ kind: 'file', file: PHOTO, caption: DOCUMENT })
  for (const text of ['lewati', 'lewati', `panitia`, 'YA', 'data saya', 'sambungkan', `ubah 4`, `0${PHONE}`, 'YA'])
    await say(text)
  await world.office?.(world, `kembalikan, NIK ${NIK} dan nomor HP 0${PHONE} tidak cocok`)
  for (const text of ['lewati', 'ya', 'lewati', 'YA']) await say(text)
  await world.office?.(world, 'terima semua')
  // Codes and asked NIKs are kept for a short time only.
  await expectNothing(world, ['link_code', 'nik_lookup'])
  await world.pass(15 * 24)
  await world.office?.(world, 'kirim pengingat')
  for (const text of [`saya sakit ${NIK}`, 'ya', 'hadir', 'kenapa', `telepon saya 0${PHONE}`]) await say(text)
}

async function expectNothing(world: World, filled: readonly string[]): Promise<void> {
  const rows = await rowsOf(world.house.db)
  expect(filled.filter(table => !rows.get(table))).toEqual([])
  const all = [...rows.values()].join('\n')
  expect(all).toContain(NAME)
  expect([...rows].flatMap(([table, text]) => find(text).map(trace => `${trace} in ${table}`))).toEqual([])
  expect(await findInFolder(world.house.dataDir)).toEqual([])
}

describe('nothing of a person is found outside sealed values', () => {
  const EVERYWHERE = ['inbox', 'ledger', 'registration', 'attendance', 'file', 'task', 'audit', 'planned']

  it('after a life on a linked WhatsApp number', { timeout: 120_000 }, async () => {
    const said = listen()
    world = await createWhatsAppWorld('pn')
    await live(world)
    await askLink(world.house, `62${PHONE}`)
    const own = ['whatsapp_key', 'whatsapp_journal', 'whatsapp_address', 'whatsapp_link']
    await expectNothing(world, [...EVERYWHERE, ...own])
    expect(find(said())).toEqual([])
  })

  it('after a life on a number of the Cloud API', { timeout: 120_000 }, async () => {
    const said = listen()
    world = await createCloudWorld()
    await live(world)
    await expectNothing(world, EVERYWHERE)
    expect(find(said())).toEqual([])
  })
})
