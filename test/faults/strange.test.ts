// What attackers type and send, through the whole house: it is read as text, refused kindly, and harms nothing.
import { readdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStore } from '../../src/files/store.ts'
import { bomb, card } from '../files/samples.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { type Desk, message, openDesk, stateOf } from '../turn/desk.ts'
import { openBench } from './bench.ts'
import { planFor } from './registering.ts'

describe('strange text in every field', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk()
  })
  afterAll(() => desk.close())

  it.each([
    '<script>alert(1)</script>',
    '=HYPERLINK("http://169.254.169.254/","klik")',
    'http://169.254.169.254/latest/meta-data/',
    "'; drop table registration; --",
    '{{constructor.constructor("return process")()}}',
    '../../etc/passwd\u0000',
    '\u202Eidub\u202C',
  ])('%j never fails a turn, and the person comes to the end', async strange => {
    const address = `orang ${strange}`
    const say = async (text: string): Promise<readonly string[]> => {
      await desk.receive([message(address, text)])
      const replies = await desk.takeAll()
      return replies.filter(reply => reply.address === address).map(({ reply }) => reply.text)
    }
    const answers: Readonly<Record<string, string>> = {
      ...ORDINARY,
      nik: `357501170885${planFor(strange.length).record.nik.slice(-4)}`,
    }
    await say('daftar')
    for (let steps = 0; steps < 40; steps++) {
      const { question, done } = await stateOf(desk, address)
      if (done) break
      expect(await say(strange)).not.toEqual([])
      const after = await stateOf(desk, address)
      if (after.question === question && !after.done) await say(answers[question ?? ''] ?? 'ya')
    }
    expect((await stateOf(desk, address)).done).toBe(true)
    const failed = await desk.house.db.selectFrom('inbox').select('id').where('set_aside', 'is not', null).execute()
    expect(failed).toEqual([])
  })
})

describe('strange files through the whole house', () => {
  let bench: Awaited<ReturnType<typeof openBench>>
  beforeAll(async () => {
    bench = await openBench()
    await bench.start({ SAPA_SIMULATOR: 'off' }).ready
  }, 60_000)
  afterAll(() => bench.close())

  it('are refused kindly or stored clean', { timeout: 90_000 }, async () => {
    const { data, telegram } = bench
    const person = telegram.person(77)
    const lines = planFor(77).lines
    const upTo = lines.indexOf(ORDINARY.education as string) + 1
    for (const line of lines.slice(0, upTo)) {
      const before = person.sees().filter(({ byBot }) => byBot).length
      person.says(line)
      await telegram.until(
        () => `an answer to ${line}`,
        () => person.sees().filter(({ byBot }) => byBot).length > before,
      )
    }
    await person.hears(/foto KTP/i)

    person.sendsDocument(bomb(30_000), 'image/png')
    await person.hears(/tidak bisa|terlalu besar|rusak/i)
    person.sendsDocument(Buffer.alloc(20 * 1024 * 1024, 1), 'image/jpeg')
    await person.hears(/terlalu besar/i)
    // Telegram may not tell the size: then reading stops at the limit.
    person.sendsDocument(Buffer.alloc(20 * 1024 * 1024, 1), 'image/jpeg', 0)
    await person.hears(/terlalu besar/i)
    person.sendsDocument(Buffer.from('<script>alert(1)</script>'), 'image/jpeg')
    await person.hears(/tidak bisa|JPG/i)

    const jpeg = await sharp(await card())
      .withExif({ IFD3: { GPSLatitude: '7/1 38/1 0/1', GPSLongitude: '112/1 54/1 0/1' } })
      .jpeg()
      .toBuffer()
    expect((await sharp(jpeg).metadata()).exif).toBeDefined()
    person.sendsDocument(Buffer.concat([jpeg, Buffer.from('<html><script>alert(1)</script></html>')]), 'image/jpeg')
    await person.hears(/pas foto/i)

    const kept = await data.house.db.selectFrom('file').selectAll().execute()
    expect(kept).toHaveLength(1)
    const bytes = (await createStore(data.house).get(kept[0]?.id as string)) as Buffer
    const { exif, format } = await sharp(bytes).metadata()
    expect({ exif, format }).toEqual({ exif: undefined, format: 'jpeg' })
    expect(bytes.includes('<script>')).toBe(false)
    const files = (await readdir(data.house.dataDir, { recursive: true, withFileTypes: true })).filter(f => f.isFile())
    for (const file of files)
      expect((await readFile(`${file.parentPath}/${file.name}`)).includes('alert(1)')).toBe(false)
  })
})
