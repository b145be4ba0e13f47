// One person on many chats, many persons on one: codes that work once, NIKs.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { type Desk, leaving, message, openDesk, ordinary, says, stateOf, textsTo } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const CODE = /[A-Z][0-9A-Z]{3}-[0-9A-Z]{3}\d/
const codeIn = (texts: readonly string[]): string => CODE.exec(texts.join())?.[0] ?? ''
const tasks = () => desk.house.db.selectFrom('task').select('kind').execute()

describe('a code', () => {
  it('is stored as a digest, sent as a secret, and joins the same question', async () => {
    const code = codeIn(await says(desk, 'old', ...ordinary().slice(0, 5), 'sambungkan'))
    const [row] = await desk.house.db.selectFrom('link_code').selectAll().execute()
    expect(row?.code_key).toEqual(desk.house.seal.lookup('link', code))
    const newest = desk.house.db.selectFrom('ledger').select('secret').orderBy('created_at', 'desc').limit(1)
    expect(await newest.executeTakeFirst()).toEqual({ secret: true })

    const before = await stateOf(desk, 'old')
    expect((await says(desk, 'new', code.toLowerCase())).join()).toContain('tersambung')
    expect(await stateOf(desk, 'new')).toMatchObject({ question: before.question, answers: before.answers })
    await says(desk, 'new', 'Malang')
    expect((await stateOf(desk, 'old')).answers.birth_place?.value).toBe('Malang')
    await says(desk, 'old', '0836 0000 0017')
    expect((await stateOf(desk, 'new')).question).toBe('address')
  })

  it('is told to the chats that knew the person before, once, without saying to whom', async () => {
    const code = codeIn(await says(desk, 'old', 'daftar', 'setuju', 'Budi Santoso', 'sambungkan'))
    await says(desk, 'new', code)
    expect(await leaving(desk)).toEqual([
      ['old', expect.stringMatching(/^Baru saja ada chat lain yang disambungkan.*ketik PANITIA\.$/)],
    ])
    expect(await leaving(desk)).toEqual([])
    expect((await says(desk, 'old', 'kenapa')).join()).toContain('karena ada chat lain yang disambungkan')
  })

  it('is told with the name on a chat of several people', async () => {
    await says(desk, 'home', ...ordinary(), 'orang lain', 'setuju', 'Siti Aminah')
    const code = codeIn(await says(desk, 'home', 'sambungkan'))
    await says(desk, 'new', code)
    expect(await leaving(desk)).toEqual([['home', expect.stringMatching(/^Untuk Siti Aminah:\n\nBaru saja/)]])
  })

  it('joins one of two chats that say it at once', async () => {
    const code = codeIn(await says(desk, 'old', 'daftar', 'setuju', 'sambungkan'))
    await desk.receive([message('first', code), message('second', code)])
    const replies = await desk.takeAll()
    const heard = ['first', 'second'].map(who => textsTo(replies, who).join())
    expect(heard.filter(text => text.includes('sudah tersambung'))).toHaveLength(1)
    expect(heard.filter(text => text.includes('tidak berlaku'))).toHaveLength(1)
  })

  it('is worth nothing after 15 minutes, after another was asked for, and when it was never made: all hear the same', async () => {
    const late = codeIn(await says(desk, 'a', 'daftar', 'setuju', 'sambungkan'))
    await shiftClock(desk.house.db, '16 minutes')
    const replaced = codeIn(await says(desk, 'b', 'daftar', 'setuju', 'sambungkan'))
    await says(desk, 'b', 'sambungkan')
    const heard = []
    for (const [who, code] of [
      ['x', late],
      ['y', replaced],
      ['z', 'K7M4-P2Q9'],
    ] as const)
      heard.push(await says(desk, who, code))
    expect(heard[0]?.join()).toContain('tidak berlaku')
    expect(heard[1]).toEqual(heard[0])
    expect(heard[2]).toEqual(heard[0])
  })

  it('is not used up by the chat that asked for it', async () => {
    const code = codeIn(await says(desk, 'old', 'daftar', 'setuju', 'sambungkan'))
    expect((await says(desk, 'old', `sambungkan ${code}`)).join()).toContain('chat yang satunya')
    expect((await says(desk, 'new', code)).join()).toContain('sudah tersambung')
  })

  it('leaves nobody behind in a chat that had not said a name', async () => {
    const code = codeIn(await says(desk, 'old', ...ordinary().slice(0, 4), 'sambungkan'))
    await says(desk, 'new', 'daftar', 'setuju', code)
    expect((await says(desk, 'new', 'ganti orang')).join()).toContain('baru ada satu peserta')
  })
})

describe('NIKs', () => {
  const NIKS = ['3575020304909002', '3575020304909003', '3575020304909004', '3575020304909005']

  it('are looked up for three a day and chat; then known and unknown hear the same, and the operator is told', async () => {
    await says(desk, 'known', ...ordinary())
    await says(desk, 'stranger', 'daftar', 'setuju', 'Siti Aminah')
    for (const nik of NIKS.slice(0, 3)) await says(desk, 'stranger', nik, 'UBAH 2')
    const unknown = await says(desk, 'stranger', NIKS[3] as string)
    await says(desk, 'stranger', 'lewati', 'UBAH 2')
    const known = await says(desk, 'stranger', '3575011708859001')
    expect(unknown.join()).toContain('sudah ada beberapa NIK')
    expect(known).toEqual(unknown)
    expect(await tasks()).toEqual([{ kind: 'nik_limit' }])
    expect(await desk.house.db.selectFrom('nik_lookup').select('nik_key').execute()).toHaveLength(4)
  })

  it('of people who registered here do not count', async () => {
    for (const nik of NIKS) {
      await shiftClock(desk.house.db, '1 minute')
      await says(desk, 'mandor', 'orang lain', ...ordinary({ nik }))
    }
    expect(await desk.house.db.selectFrom('registration').select('id').execute()).toHaveLength(4)
    expect(await tasks()).toEqual([])
  })
})
