// The 75 made-up workers of the sample event: nominated by their ten associations, claimed on an app, compared.
import { expect } from 'vitest'
import type { House } from '../../src/house.ts'
import { sapa } from '../cli/support.ts'
import file from '../domain/workers.json' with { type: 'json' }
import { officerOf, say, tokensIn } from './officers.ts'
import type { Person, World } from './world.ts'

export const { workers } = file
export type Worker = (typeof workers)[number] & { readonly flags?: readonly string[] }

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
async function nominate(officer: Person, how: number, own: readonly Worker[]): Promise<string> {
  if (how % 3 === 0)
    await say(officer, `Daftar usulan:\n${own.map((worker, n) => `${n + 1}. ${lineOf(worker)}`).join('\n')}`)
  if (how % 3 === 1) {
    const rows = own.map(({ display_name, nik, phone, jabatan, birth_date }) => [
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
  for (const worker of own) {
    await say(officer, 'USULKAN')
    if (differs(worker)) await say(officer, lineOf(worker))
    else for (const text of [worker.display_name, worker.phone, worker.nik, worker.jabatan]) await say(officer, text)
    told += await say(officer, 'YA')
  }
  return told
}

/** Nominates all of them; gives the token of each one's link, by the worker's id. */
export async function nominateAll(world: World): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>()
  for (const [how, { id }] of file.associations.entries()) {
    const officer = await officerOf(world, id)
    const own = workers.filter(worker => worker.association_id === id)
    const told = await nominate(officer, how, own)
    const found = tokensIn(told)
    expect(found, `${id}: ${told}`).toHaveLength(own.length)
    for (const [n, worker] of own.entries()) tokens.set(worker.id, found[n] as string)
    expect(await say(officer, 'KUOTA')).toBe(`${own.length} kursi: 0 terisi, ${own.length} menunggu, 0 kosong.`)
  }
  return tokens
}

const addressOf = ({ address, kelurahan, kecamatan, city }: Worker) =>
  `${address}, Kel. ${kelurahan}, Kec. ${kecamatan}, ${city}`

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

async function openQuestion({ db, seal }: House, token: string): Promise<string | null> {
  const row = await db
    .selectFrom('nomination')
    .innerJoin('conversation', 'conversation.id', 'nomination.conversation_id')
    .select('question')
    .where('claim_key', '=', seal.lookup('claim', token))
    .executeTakeFirst()
  return row?.question ?? null
}

/** Opens the link by these words and registers; gives the last answer. */
export async function claim(
  house: House,
  person: Person,
  worker: Worker,
  token: string,
  link: string,
): Promise<string> {
  const known = answers(worker)
  await say(person, `${link} ${token}`)
  await say(person, 'setuju')
  await say(person, dmy(worker.birth_date))
  let told = await say(person, 'ya')
  for (let turns = 0; turns < 20; turns++) {
    const question = await openQuestion(house, token)
    const text = known[question ?? '']
    if (!question || text === undefined) throw new Error(`${worker.id} is asked ${question}: ${told}`)
    told = await say(person, text)
    if (question === 'confirm') return told
  }
  throw new Error(`${worker.id} never came to an end: ${told}`)
}

/** All of them are registered with every field that the file has, and each has claimed the nomination. */
export async function expectAllRegistered(world: World): Promise<void> {
  const database = { ...world, url: world.url ?? '' }
  const listed = await sapa(database, ['registrations', '--reveal', '--json'])
  const registrations = JSON.parse(listed.stdout) as { nik: string }[]
  const byNik = new Map(registrations.map(one => [one.nik, one]))
  expect(registrations).toHaveLength(workers.length)
  for (const worker of workers)
    expect(byNik.get(worker.nik)).toMatchObject({
      status: 'MENUNGGU_VERIFIKASI',
      name: worker.display_name.replace(/^(?:H|Hj)\. /, ''),
      birth_date: worker.birth_date,
      // The KTP's capitals become a name's.
      birth_place: expect.stringMatching(new RegExp(`^${worker.birth_place}$`, 'i')),
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
}
