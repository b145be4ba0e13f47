// The 75 made-up workers of the sample event: nominated by their ten associations, claimed on both apps' looks.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sapa } from '../cli/support.ts'
import file from '../domain/workers.json' with { type: 'json' }
import { invite } from '../support/office.ts'
import { createWorld, type Look, openEvent, type Person, type World } from '../support/world.ts'

type Worker = (typeof file.workers)[number] & { readonly flags?: readonly string[] }

let world: World
beforeAll(async () => {
  world = await createWorld('telegram')
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
})
afterAll(() => world.close())

const say = async (person: Person, text: string): Promise<string> =>
  (await person.says({ kind: 'text', text })).map(reply => reply.text).join('\n')

/** Whose date of birth is another one than his NIK says. */
const differs = ({ flags }: Worker): boolean => flags?.includes('NIK_DOB_MISMATCH') ?? false
const dmy = (date: string): string => date.split('-').toReversed().join('-')
const lineOf = (worker: Worker): string =>
  [
    worker.display_name,
    worker.nik,
    worker.phone,
    worker.jabatan,
    ...(differs(worker) ? [dmy(worker.birth_date)] : []),
  ].join(' - ')

/** A list, a file, one by one: each association as its officer likes it. */
async function nominate(officer: Person, how: number, workers: readonly Worker[]): Promise<string> {
  if (how % 3 === 0)
    await say(officer, `Daftar usulan:\n${workers.map((worker, n) => `${n + 1}. ${lineOf(worker)}`).join('\n')}`)
  if (how % 3 === 1) {
    const rows = workers.map(({ display_name, nik, phone, jabatan, birth_date }) => [
      nik,
      phone,
      display_name,
      dmy(birth_date),
      jabatan,
    ])
    await officer.says({ kind: 'sheet', rows: [['NIK', 'No HP', 'Nama', 'Tanggal lahir', 'Jabatan kerja'], ...rows] })
  }
  if (how % 3 !== 2) return say(officer, 'YA')
  let told = ''
  for (const worker of workers) {
    await say(officer, 'USULKAN')
    if (differs(worker)) await say(officer, lineOf(worker))
    else for (const text of [worker.display_name, worker.phone, worker.nik, worker.jabatan]) await say(officer, text)
    told += await say(officer, 'YA')
  }
  return told
}

/** What is asked after the link was opened, by the question's name. */
const answers = (worker: Worker): Readonly<Record<string, string>> => ({
  nik_ok: 'tidak',
  nik_wrong: '2',
  birth_date: dmy(worker.birth_date),
  birth_place: worker.birth_place,
  address: addressOf(worker),
  trade: worker.jabatan,
  level: `jenjang ${worker.jenjang}`,
  experience: `${worker.experience_years} tahun`,
  education: worker.education,
  ktp: 'lewati',
  portrait: 'lewati',
  diploma: 'lewati',
  confirm: 'YA',
})
const addressOf = ({ address, kelurahan, kecamatan, city }: Worker) =>
  `${address}, Kel. ${kelurahan}, Kec. ${kecamatan}, ${city}`

async function openQuestion(look: Look, address: string): Promise<string | null> {
  const { db, seal } = world.house
  const row = await db
    .selectFrom('chat')
    .innerJoin('conversation', 'conversation.id', 'chat.conversation_id')
    .select('question')
    .where('address_key', '=', seal.lookup('address', `simulator ${look} ${address}`))
    .executeTakeFirstOrThrow()
  return row.question
}

async function claim(worker: Worker, token: string): Promise<string> {
  const look: Look = worker.channel === 'whatsapp' ? 'whatsapp' : 'telegram'
  const person = world.person(worker.id, undefined, look)
  const known = answers(worker)
  await say(person, look === 'telegram' ? `/start ${token}` : `DAFTAR ${token}`)
  await say(person, 'setuju')
  await say(person, dmy(worker.birth_date))
  let told = await say(person, 'ya')
  for (let turns = 0; turns < 20; turns++) {
    const question = await openQuestion(look, worker.id)
    const text = known[question ?? '']
    if (!question || text === undefined) throw new Error(`${worker.id} is asked ${question}: ${told}`)
    told = await say(person, text)
    if (question === 'confirm') return told
  }
  throw new Error(`${worker.id} never came to an end: ${told}`)
}

test('whoever was nominated by list, file or one by one, and claimed on either app, is registered as he is', async () => {
  const tokens = new Map<string, string>()
  for (const [how, { id }] of file.associations.entries()) {
    const officer = world.person(`pengurus ${id}`)
    await say(officer, `PENGURUS ${await invite(world, id)}`)
    const own = file.workers.filter(worker => worker.association_id === id)
    const told = await nominate(officer, how, own)
    const found = [...told.matchAll(/DAFTAR ([0-9A-Z]{10})\b/g)].map(match => match[1] as string)
    expect(found, `${id}: ${told}`).toHaveLength(own.length)
    for (const [n, worker] of own.entries()) tokens.set(worker.id, found[n] as string)
    expect(await say(officer, 'KUOTA')).toBe(`${own.length} kursi: 0 terisi, ${own.length} menunggu, 0 kosong.`)
  }
  for (const worker of file.workers)
    expect(await claim(worker, tokens.get(worker.id) ?? '')).toContain('Nomor pendaftaran')

  const database = { ...world, url: world.url ?? '' }
  const listed = await sapa(database, ['registrations', '--reveal', '--json'])
  const registrations = JSON.parse(listed.stdout) as { nik: string }[]
  const byNik = new Map(registrations.map(one => [one.nik, one]))
  expect(registrations).toHaveLength(75)
  for (const worker of file.workers)
    expect(byNik.get(worker.nik)).toMatchObject({
      status: 'MENUNGGU_VERIFIKASI',
      name: worker.display_name.replace(/^(?:H|Hj)\. /, ''),
      birth_date: worker.birth_date,
      sex: worker.sex,
      phone: worker.phone,
      address: addressOf(worker),
      trade: worker.jabatan_id,
      level: worker.jenjang,
      association: worker.association_id,
      experience_years: worker.experience_years,
      education: worker.education,
    })
  const nominations = JSON.parse((await sapa(database, ['nominations', '--json'])).stdout)
  expect(new Set(nominations.map(({ state }: { state: string }) => state))).toEqual(new Set(['DIKLAIM']))
}, 120_000)
