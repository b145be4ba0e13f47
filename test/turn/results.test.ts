// The results of the 75 made-up workers, from the assessment body's file to the renewal five years later.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CommandRefused } from '../../src/cli/refuse.ts'
import { approve, publish, undo } from '../../src/cli/results-publish.ts'
import type { Letter } from '../../src/jobs/hand.ts'
import { planRenewals } from '../../src/jobs/renew.ts'
import { bringWorkers, EVENT, importTable, resultTable, setTime, type Worker } from '../support/assessed.ts'
import { sendDue } from '../support/office.ts'
import { createWorld, openEvent, type World } from '../support/world.ts'

let world: World
let workers: readonly Worker[]
beforeAll(async () => {
  world = await createWorld('whatsapp')
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
  workers = await bringWorkers(world)
  await setTime(world, '2025-10-20T08:30:00+07:00')
}, 120_000)
afterAll(() => world.close())

const with_ = (outcome: Worker['outcome']) => workers.filter(worker => worker.outcome === outcome)
const announce = async () => {
  await publish(world.house, EVENT, 'Bu Rina')
  return approve(world.house, EVENT, 'Pak Hadi')
}
/** Everything that is due leaves. */
async function sendAll(): Promise<readonly Letter[]> {
  const letters: Letter[] = []
  for (let sent = await sendDue(world); sent.length > 0; sent = await sendDue(world)) letters.push(...sent)
  return letters
}
const ledgerOf = (purpose: string) =>
  world.house.db.selectFrom('ledger').selectAll().where('purpose', '=', purpose).execute()

test('the file of 75 workers is read: 63 Kompeten, 8 Belum Kompeten, 4 who were absent are named', async () => {
  const { lines, missing } = await importTable(world, resultTable(workers))
  expect(lines.filter(({ outcome }) => outcome === 'K')).toHaveLength(63)
  expect(lines.filter(({ outcome }) => outcome === 'BK')).toHaveLength(8)
  expect(missing.map(({ number }) => number)).toEqual(with_(null).map(({ number }) => number))
  expect(missing).toHaveLength(4)
}, 60_000)

test('what is published and undone reaches nobody, and stands nowhere', async () => {
  await announce()
  await undo(world.house, EVENT, 'Bu Rina')
  await setTime(world, '2025-10-20T09:30:00+07:00')
  expect(await sendAll()).toEqual([])
  const [asked] = (await workers[0]?.person.says({ kind: 'text', text: 'hasil' })) ?? []
  expect(asked?.text).toBe('Hasil uji belum diumumkan. Begitu ada, kami kabari di sini.')
}, 60_000)

test('published again, each of the 71 is told exactly once, and the absent hear nothing', async () => {
  await setTime(world, '2025-10-20T19:46:00+07:00')
  expect(await announce()).toMatchObject({ hasil: 71, sertifikat: 0 })
  expect(await sendAll()).toEqual([])
  // Due before eight in the evening, and taken up after: a result does not come at night.
  await setTime(world, '2025-10-20T20:01:00+07:00')
  expect(await sendAll()).toEqual([])
  await setTime(world, '2025-10-21T08:01:00+07:00')
  const letters = await sendAll()
  expect(letters).toHaveLength(71)
  expect(await sendAll()).toEqual([])
  const told = (await ledgerOf('hasil')).filter(({ state }) => state === 'accepted')
  expect(new Set(told.map(({ registration_id }) => registration_id)).size).toBe(71)
  const texts = letters.map(({ reply }) => reply.text)
  const proven = workers.filter(one => one.outcome !== null && one.proven)
  expect(texts.filter(text => /: Kompeten\./.test(text))).toHaveLength(proven.filter(one => one.outcome === 'K').length)
  expect(texts.filter(text => /: Belum Kompeten\./.test(text))).toHaveLength(
    proven.filter(one => one.outcome === 'BK').length,
  )
  expect(texts.filter(text => /tanggal lahir/.test(text))).toHaveLength(71 - proven.length)
  expect(texts.join()).not.toMatch(/gagal/i)
  await expect(undo(world.house, EVENT, 'Bu Rina')).rejects.toThrow(CommandRefused)
}, 60_000)

test('who writes on a chat that nobody vouched for hears the outcome after the birth date', async () => {
  for (const worker of workers.filter(one => !one.proven && one.outcome !== null)) {
    const [reply] = await worker.person.says({ kind: 'text', text: worker.birthDate.split('-').reverse().join('-') })
    expect(reply?.text).toContain(worker.outcome === 'K' ? ': Kompeten.' : ': Belum Kompeten.')
  }
}, 60_000)

test('the two who appeal get a number, and the office a task each', async () => {
  const appealing = workers.filter(({ appeals }) => appeals)
  expect(appealing).toHaveLength(2)
  for (const { person, number, proven, birthDate } of appealing) {
    await person.says({ kind: 'text', text: 'banding' })
    if (!proven) await person.says({ kind: 'text', text: birthDate.split('-').reverse().join('-') })
    for (const text of ['ya', 'ya', 'tidak', 'Waktunya dipotong hujan, pekerjaan belum selesai'])
      await person.says({ kind: 'text', text })
    const [sent] = await person.says({ kind: 'text', text: 'ya' })
    expect(sent?.text).toContain(`Nomor banding: ${number}/B1`)
  }
  const tasks = await world.house.db.selectFrom('task').selectAll().where('kind', '=', 'appeal').execute()
  expect(tasks).toHaveLength(2)
  const [first] = tasks
  expect(world.house.seal.openJson(`task.detail:${first?.id}`, first?.detail as Buffer)).toMatchObject({
    explained: 'YES',
    helped: 'NO',
    reason: 'Waktunya dipotong hujan, pekerjaan belum selesai',
  })
}, 60_000)

test('certificates that are recorded later are told to those who have one, and to nobody else', async () => {
  await importTable(world, resultTable(workers, true))
  expect(await announce()).toMatchObject({ hasil: 0, sertifikat: 63 })
  await setTime(world, '2025-10-21T10:00:00+07:00')
  const letters = await sendAll()
  expect(letters).toHaveLength(63)
  const cards = letters.flatMap(({ reply }) => (reply.ticket && 'certificate' in reply.ticket ? [reply.ticket] : []))
  expect(cards).toHaveLength(with_('K').filter(({ proven }) => proven).length)
  expect(cards[0]).toMatchObject({ issued: '2025-10-20', validUntil: '2030-10-20', verify: 'https://lpjk.pu.go.id' })
}, 60_000)

test('who guesses at certificates is stopped after three tries a day, right or wrong, and the office hears of it', async () => {
  const guesser = world.person('penebak')
  const [holder] = with_('K')
  const right = holder?.birthDate.split('-').reverse().join('-') ?? ''
  const tries = async (birth: string) => {
    for (const text of ['cari sertifikat', `skk uji ${holder?.id}`]) await guesser.says({ kind: 'text', text })
    return (await guesser.says({ kind: 'text', text: birth }))[0]?.text
  }
  for (const wrong of ['01-01-1980', '02-01-1980', '03-01-1980'])
    expect(await tries(wrong)).toContain('tidak cocok dengan catatan kami')
  expect(await tries(right)).toContain('Silakan coba lagi besok')
  const tasks = await world.house.db.selectFrom('task').select('kind').where('kind', '=', 'certificate_limit').execute()
  expect(tasks).toHaveLength(1)
}, 60_000)

test('five years of virtual time bring each who agreed three reminders, in less than ten seconds', async () => {
  const agrees = with_('K')
    .filter(({ proven }) => proven)
    .slice(0, 10)
  for (const { person } of agrees) {
    const [reply] = await person.says({ kind: 'text', text: '1' })
    expect(reply?.text).toContain('nanti kami ingatkan sebelum 20 Oktober 2030')
  }
  const began = performance.now()
  const leaves: string[] = []
  let day = Temporal.PlainDate.from('2025-10-27')
  for (; day.year < 2031; day = day.add({ days: 7 })) {
    await setTime(world, `${day}T09:05:00+07:00`)
    if ((await planRenewals(world.house)) === 0) continue
    leaves.push(...(await sendAll()).map(() => day.toString()))
  }
  const seconds = (performance.now() - began) / 1_000
  expect(Object.entries(Object.groupBy(leaves, one => one)).map(([on, all]) => [on, all?.length])).toEqual([
    ['2030-04-22', 10],
    ['2030-07-22', 10],
    ['2030-09-23', 10],
  ])
  expect(seconds).toBeLessThan(10)
}, 120_000)
