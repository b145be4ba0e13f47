// kill -9 of random processes at random moments, and a Redis that is emptied, while reminders and answers go out on every
// channel: nothing is lost, nothing is done twice.
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { type Fleet, ON_CLOUD, ON_TELEGRAM, ON_WHATSAPP, openCloud, openFleet, openWhatsApp } from './fleet.ts'
import { judge, unfinished } from './judge.ts'
import { createDice, FLUSHES, KILLS, PEOPLE, REST_MS, SEED } from './measure.ts'
import { acceptEverybody, addTelegramChats } from './people.ts'

const REMINDERS = 3
/** Telegram's pace. */
const A_SECOND = 25
/** A kill leaves at most so many messages in doubt. */
const HANDFUL = 10
/** One in so many answers what he is asked, and then asks something himself. */
const TALKS = 10

/** Beside the two that people have written to. */
const PROCESSES = [
  [ON_TELEGRAM, 5],
  [ON_WHATSAPP, 2],
  [ON_CLOUD, 1],
] as const

const dice = createDice(SEED)

/** Answers the first reminder, and asks for the status once that is noted. */
type Says = (text: string) => unknown
type Hears = (pattern: RegExp, ms: number) => Promise<{ readonly text: string }>

const PATIENCE = 600_000
/** What is said instead of an answer that was in doubt twice. */
const APOLOGY = /tadi ada gangguan/

async function talk(says: Says, hears: Hears): Promise<void> {
  /** Says it, and again where the answer may not have come. */
  async function asks(text: string, answer: RegExp): Promise<void> {
    do says(text)
    while (APOLOGY.test((await hears(new RegExp(`${answer.source}|${APOLOGY.source}`, 'i'), PATIENCE)).text))
  }
  await hears(/bisa hadir/i, PATIENCE)
  await asks('hadir', /kami catat/)
  await asks('status', /Status: diterima/)
}

async function hurt({ members, replace, redis }: Fleet): Promise<void> {
  const flushAt = new Set(Array.from({ length: FLUSHES }, (_, n) => Math.floor(((n + 0.5) * KILLS) / FLUSHES)))
  const client = new Redis(redis.url)
  const replacing: Promise<void>[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(dice.between(...REST_MS))
    if (flushAt.has(kill)) await client.flushall()
    replacing.push(replace(dice.oneOf(members), 'SIGKILL'))
  }
  await Promise.all(replacing)
  client.disconnect()
}

it(`${KILLS} kills and ${FLUSHES} FLUSHALLs lose nothing and double nothing`, async () => {
  console.log(`SEED=${SEED}`)
  const minutes = Array.from({ length: REMINDERS }, (_, n) => Math.floor((n * PEOPLE.onTelegram) / A_SECOND / 60))
  const fleet = await openFleet(minutes)
  const { data, telegram } = fleet
  const phones = await openWhatsApp(fleet, PEOPLE.onWhatsApp)
  const cloudPhones = await openCloud(fleet, PEOPLE.onCloud)
  const ids = Array.from({ length: PEOPLE.onTelegram }, (_, n) => n + 1)
  for (const id of ids) telegram.world.chat(id).started = true
  await addTelegramChats(data.house, String(telegram.world.botId), ids)
  const people = await acceptEverybody(data.house)
  for (const [roles, many] of PROCESSES) for (let n = 0; n < many; n++) fleet.add(roles)
  const talking = [
    ...ids.filter(id => id % TALKS === 0).map(id => telegram.person(id)),
    ...[...phones, ...cloudPhones].filter((_, n) => n % TALKS === 0),
  ].map(({ says, hears }) => talk(says, hears))

  const began = performance.now()
  await hurt(fleet)
  console.log(`${KILLS} kills in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  await Promise.all(talking)
  await expect.poll(() => unfinished(fleet), { timeout: 300_000, interval: 500 }).toBe(0)
  const verdict = await judge(fleet, people * REMINDERS)
  console.log({ seed: SEED, kills: KILLS, flushes: FLUSHES, ...verdict })
  expect(verdict).toMatchObject({ lost: 0, notFinal: 0, doubledEffects: 0, visibleTwiceOnWhatsApp: 0 })
  expect(verdict.mostCopies).toBeLessThanOrEqual(2)
  expect(verdict.copies).toBeLessThanOrEqual(HANDFUL * KILLS)
  await fleet.close()
})
