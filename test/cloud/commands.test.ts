// What the operator's commands say of a number on the Cloud API.
import { expect, it } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { readCloudNumber } from '../../src/db/cloud.ts'
import { sapa } from '../cli/support.ts'
import { PHONE_ID } from '../support/graph-server.ts'
import { data, desk, EVENT, openOffice, register, stranger } from './office.ts'

openOffice()

it('whatsapp status says how it stands and to how many it wrote; reminders preview how long it takes', async () => {
  await register(stranger())
  await accept(data.house, { allOf: EVENT }, 'Bu Rina')
  await desk.lookAgain(() => desk.bot.health() === 'ok')
  await expect.poll(() => readCloudNumber(data.house.db)).toMatchObject({ standing: 'ok' })
  const status = await sapa(data, ['whatsapp', 'status'])
  expect(status.stdout).toMatch(
    new RegExp(`^number: +${PHONE_ID} .*\\nstanding: +ok\\nnotices: +to [01] of 2000 people in 24 hours, [01] waiting`),
  )
  const { stdout } = await sapa(data, ['reminders', 'preview', '--at', '2025-10-07T18:30:00+07:00'])
  expect(stdout).toContain('cloud: 1 messages, about 1 s')
})
