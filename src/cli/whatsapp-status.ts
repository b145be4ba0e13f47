// `sapa whatsapp status`: the number, what its notices wait for, and whom to tell of a new number by hand.
import { ANY_NUMBER } from '../bots/cloud/tier.ts'
import { ACCOUNT } from '../bots/whatsapp/account.ts'
import { countPeople, readCloudNumber } from '../db/cloud.ts'
import { COLD_PER_DAY, countStarted } from '../db/cold.ts'
import { readNoticesPause } from '../db/pause.ts'
import { isHeld } from '../db/whatsapp-link.ts'
import { countNotices, countWaiting, listCold, readNumber } from '../db/whatsapp-number.ts'
import { maskPhone } from '../domain/phone.ts'
import type { House } from '../house.ts'
import { SOCKET_LEASE } from '../jobs/whatsapp-store.ts'
import type { Common } from './house.ts'
import { plain, printJson, printLines } from './print.ts'

const at = { channel: 'whatsapp', account: ACCOUNT }

export async function printStatus(house: House, { json }: Common): Promise<void> {
  const [status, cloud] = await Promise.all([readStatus(house), readCloudStatus(house)])
  if (json) return printJson({ ...status, cloud })
  if (cloud) await printLines(...linesOfCloud(cloud))
  if (cloud && !status.number) return
  const { number, running, restricted, notices_today, waiting, cold, not_written_yet, pass_on } = status
  const standing = status.standing === 'ok' && restricted ? restricted : status.standing
  await printLines(
    `number:    ${number ?? '(none: sapa whatsapp link)'}`,
    `standing:  ${standing}${running ? '' : ' (no server holds the number now)'}`,
    `notices:   ${notices_today} sent in 24 hours, ${sayWaiting(waiting)}`,
    `cold:      ${cold.on ? `${cold.started_today} of ${cold.per_day} chats started in 24 hours` : 'off: nothing is sent to who has not written to this number'}`,
    ...(not_written_yet.length > 0
      ? [
          '',
          `${not_written_yet.length} have not written to this number yet. Pass on to them by other means:`,
          `  ${pass_on}`,
        ]
      : []),
    ...not_written_yet.map(({ number, name, phone }) =>
      `  ${number ?? '(not registered)'}  ${plain(name ?? '')}  ${phone ?? ''}`.trimEnd(),
    ),
  )
}

type CloudStatus = NonNullable<Awaited<ReturnType<typeof readCloudStatus>>>

const linesOfCloud = ({ phone_id, standing, people_today, people_per_day, waiting }: CloudStatus): string[] => [
  `number:    ${phone_id} (its id on the Cloud API)`,
  `standing:  ${standing}`,
  `notices:   to ${people_today} of ${people_per_day ?? 'any number of'} people in 24 hours, ${sayWaiting(waiting)}`,
]

const sayWaiting = ({ count, why }: { readonly count: number; readonly why: string | null }): string =>
  `${count} waiting${why ? ` (${why})` : ''}`

async function readCloudStatus({ db }: House) {
  const number = await readCloudNumber(db)
  if (!number) return null
  const { account, standing, people_per_day } = number
  const its = { channel: 'cloud', account }
  const [{ sent }, waiting, pause] = await Promise.all([
    countPeople(db, account),
    countWaiting(db, its),
    readNoticesPause(db, its),
  ])
  return {
    phone_id: account,
    standing: pause?.why.startsWith('restricted') ? pause.why : standing,
    people_today: sent,
    people_per_day: people_per_day === ANY_NUMBER ? null : people_per_day,
    waiting,
  }
}

async function readStatus({ db, seal }: House) {
  const [number, running, pause, { sent }, waiting, started, cold] = await Promise.all([
    readNumber(db, ACCOUNT),
    isHeld(db, SOCKET_LEASE),
    readNoticesPause(db, at),
    countNotices(db, at.channel, ACCOUNT, 1),
    countWaiting(db, at),
    countStarted(db, ACCOUNT),
    listCold(db, ACCOUNT),
  ])
  const link = number?.number ? `https://wa.me/${number.number.slice(1)}?text=LANJUT` : null
  return {
    number: number?.number ?? null,
    standing: number?.standing ?? 'not linked',
    linked_at: number?.linked_at?.toISOString() ?? null,
    running,
    restricted: pause?.why.startsWith('restricted') ? pause.why : null,
    notices_pause: pause ? { why: pause.why, until: pause.until.toISOString() } : null,
    notices_today: sent,
    waiting,
    cold: { on: number?.starts_cold ?? false, started_today: started, per_day: COLD_PER_DAY },
    link,
    pass_on: link && `Nomor WhatsApp panitia sudah berganti. Silakan lanjutkan di nomor baru: ${link}`,
    not_written_yet: cold.map(({ chat_id, phone, name, number }) => ({
      number,
      name,
      phone: phone && maskPhone(seal.open(`chat.phone:${chat_id}`, phone).toString()),
    })),
  }
}
