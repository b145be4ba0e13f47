import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { run } from './support.ts'

const understand = (field: string, input: string) => run(['understand', field], {}, input)

test('each line gets its verdict, needing no database', async () => {
  const input = ['3575011708859001', '1234', 'a\u2028b', ''].map(line => JSON.stringify(line)).join('\n')
  const { code, stdout } = await understand('nik', input)
  const verdicts = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(code).toBe(0)
  expect(verdicts[0]).toMatchObject({ ok: true, value: { nik: '3575011708859001' }, warn: expect.any(Array) })
  expect(verdicts.slice(1)).toEqual(Array(3).fill({ ok: false, reason: expect.any(String) }))
})

test('a line is answered while the next one is not there yet', async () => {
  const child = spawn(process.execPath, ['src/cli.ts', 'understand', 'nik'], { env: { PATH: process.env.PATH } })
  child.stdin.write('"3575011708859001"\n')
  const [first] = await once(child.stdout, 'data')
  expect(JSON.parse(String(first)).ok).toBe(true)
  child.stdin.end()
  await once(child, 'close')
})

test('a field nobody knows is wrong usage, a line that is no JSON string is refused', async () => {
  expect((await understand('shoe_size', '')).code).toBe(2)
  expect(await understand('nik', '"1"\n{"a":1}\n')).toMatchObject({
    code: 1,
    stderr: 'sapa: line 2 of the input is no JSON string\n',
  })
})
