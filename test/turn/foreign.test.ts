// Buttons that are not the presser's own: somebody else's, made up, or delivered twice.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { type Desk, message, openDesk, ordinary, says, stateOf, textsTo } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await says(desk, 'budi', ...ordinary())
  await says(desk, 'siti', ...ordinary({ nik: '3575015708859002', name: 'Siti Aminah' }))
  await accept(desk.house, { allOf: 'pasuruan-2025-10' }, 'Bu Rina')
})
afterAll(() => desk.close())

const press = (address: string, asked: number, value: string, id = `c${address}${asked}${value}`) =>
  message(address, '', { messageId: id, said: { kind: 'button', asked, value }, press: { callback: id, message: '7' } })

const registrations = () =>
  desk.house.db.selectFrom('registration').select(['number', 'name', 'status']).orderBy('name').execute()

/** What of the house a press may have changed. */
const everything = async () => {
  const attendance = await desk.house.db.selectFrom('attendance').selectAll().execute()
  const task = await desk.house.db.selectFrom('task').select(['id', 'closed_at']).execute()
  return { attendance, task, registrations: await registrations(), budi: await stateOf(desk, 'budi') }
}

it("somebody else's button says nothing about him, whatever it carries", async () => {
  const [budi] = await registrations()
  const before = await everything()
  const { asked } = await stateOf(desk, 'siti')
  for (const value of [`attend:TIDAK:${budi?.number}`, `attend:HADIR:${budi?.number}`, `seen:${budi?.number}`])
    for (const turn of [asked, -1, (await stateOf(desk, 'budi')).asked]) {
      await desk.receive([press('siti', turn, value, crypto.randomUUID())])
      expect(textsTo(await desk.takeAll(), 'siti').join()).toContain('tidak berlaku')
    }
  expect(await everything()).toEqual(before)
})

it('a stranger who presses it is told the same and becomes nobody', async () => {
  const [budi] = await registrations()
  const before = await everything()
  await desk.receive([press('stranger', 1, `attend:TIDAK:${budi?.number}`)])
  expect(textsTo(await desk.takeAll(), 'stranger').join()).toContain('tidak berlaku')
  expect(await everything()).toEqual(before)
})

it('the own one counts, and once however often and under whatever order it is delivered', async () => {
  const [budi] = await registrations()
  const value = `attend:HADIR:${budi?.number}`
  const heard = []
  for (let times = 0; times < 3; times++) {
    await desk.receive([press('budi', 0, value), press('budi', 0, value)])
    heard.push(...textsTo(await desk.takeAll(), 'budi'))
  }
  expect(heard).toHaveLength(1)
  const answers = await desk.house.db.selectFrom('attendance').select('answer').execute()
  expect(answers).toEqual([{ answer: 'HADIR' }])
})
