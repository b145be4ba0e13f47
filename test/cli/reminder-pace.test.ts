import { expect, test } from 'vitest'
import { paceOf, sayPace } from '../../src/cli/reminder-pace.ts'

const on = (channel: string, count: number) => Array.from({ length: count }, () => ({ channel }))

test('Telegram takes seconds, WhatsApp minutes, and more than a day holds goes on the next', () => {
  const pace = paceOf([...on('telegram', 75), ...on('whatsapp', 75)], { whatsapp: 150 })
  expect(pace).toEqual([
    { channel: 'telegram', messages: 75, seconds: 3, days: 1 },
    { channel: 'whatsapp', messages: 75, seconds: 450, days: 1 },
  ])
  expect(pace.map(sayPace)).toEqual(['telegram: 75 messages, about 3 s', 'whatsapp: 75 messages, about 8 min'])
  const [long] = paceOf(on('whatsapp', 301), { whatsapp: 150 })
  expect(long).toEqual({ channel: 'whatsapp', messages: 301, seconds: 2 * 86_400 + 6, days: 3 })
  expect(long && sayPace(long)).toBe('whatsapp: 301 messages, 3 days, as many as may leave in each')
  expect(paceOf([], {})).toEqual([])
})

test('the Cloud API takes as many people a day as the number’s tier says; a number without one has no such limit', () => {
  expect(paceOf(on('cloud', 600), { cloud: 250 })).toEqual([
    { channel: 'cloud', messages: 600, seconds: 2 * 86_400 + 2, days: 3 },
  ])
  expect(paceOf(on('cloud', 600), { whatsapp: 0, cloud: 0 })).toMatchObject([{ seconds: 8, days: 1 }])
})
