// The guides are true: what they say, done to a copy of the project, compiles and works.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { type Copy, follow } from './follow.ts'

const run = promisify(execFile)

let copy: Copy
let gateway: Server | undefined
afterEach(async () => {
  gateway?.closeAllConnections()
  gateway?.close()
  await copy.remove()
})

const compile = () => run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit'], { cwd: copy.path })

/** Runs a program in the copy; what it prints as JSON. */
async function runInCopy(program: string): Promise<unknown> {
  const file = join(copy.path, 'src/try.ts')
  await writeFile(file, program)
  const { stdout } = await run(process.execPath, [file], { cwd: copy.path })
  return JSON.parse(stdout)
}

it('add-a-question: who is in the middle hears it next, and the answer is in the record', {
  timeout: 120_000,
}, async () => {
  copy = await follow('add-a-question.md')
  await compile().catch((e: { stdout: string }) => expect.fail(e.stdout))
  const heard = await runInCopy(`
    import { begin } from './flows/engine.ts'
    import { lint } from './flows/lint.ts'
    import { register } from './flows/register.ts'
    import { facts, granted, text } from '../test/flows/facts.ts'
    import { turn } from './flows/engine.ts'
    const before = { ...register, questions: register.questions.filter(question => question.id !== 'shirt') }
    const early = ['daftar', 'setuju', 'Budi Santoso', '3575011708859001', 'ya', 'Pasuruan', '083600000017',
      'Jl. Erlangga No. 156 RT 05 RW 01, Sekargadung, Purworejo, Kota Pasuruan', 'gapensi', 'tukang batu', '5 tahun', 'SMP']
    let state = begin(before, 'id')
    for (const line of early) state = granted(before, state, text(line)).state
    const next = granted(register, state, text('lewati'))
    state = next.state
    const asked = state.question
    for (const line of ['XL', 'lewati', 'lewati', 'lewati']) state = granted(register, state, text(line)).state
    const { asks } = turn(register, state, text('YA'), facts)
    console.log(JSON.stringify({ lint: lint(register), asked, record: asks[0].record }))
  `)
  expect(heard).toMatchObject({ lint: [], asked: 'shirt', record: { shirt: 'XL', name: 'Budi Santoso' } })
})

it('add-a-channel: a message comes in, is confirmed after it was taken, and the answer leaves', {
  timeout: 120_000,
}, async () => {
  copy = await follow('add-a-channel.md')
  await compile().catch((e: { stdout: string }) => expect.fail(e.stdout))
  const calls: unknown[] = []
  const waiting = [{ id: 'a1', nth: 1, from: '+6283600000017', text: 'daftar' }]
  gateway = createServer(async (request, response) => {
    if (request.url !== '/inbox') calls.push({ [request.url as string]: await json(request) })
    response.end(JSON.stringify(request.url === '/inbox' ? waiting : {}))
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => gateway?.once('listening', resolve))
  const { port } = gateway.address() as AddressInfo
  const taken = await runInCopy(`
    import { createSms } from './bots/sms.ts'
    const sms = createSms('http://127.0.0.1:${port}', '1')
    const taken = []
    await sms.poll({ receive: async messages => { taken.push(...messages) }, news: async () => {} })
    const reply = { text: 'Setuju?', asked: 1, options: [{ value: 'YES', label: 'Ya' }, { value: 'NO', label: 'Tidak' }] }
    await sms.send({ id: '1', address: taken[0].address, reply })
    console.log(JSON.stringify(taken))
  `)
  expect(taken).toMatchObject([
    { channel: 'sms', address: '+6283600000017', messageId: 'a1', said: { text: 'daftar' } },
  ])
  const text = expect.stringMatching(/Setuju\?[\s\S]*1\. Ya[\s\S]*2\. Tidak/)
  expect(calls).toEqual([{ '/confirm': { ids: ['a1'] } }, { '/send': { to: '+6283600000017', text } }])
})
