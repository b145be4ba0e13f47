// A provider on loopback in a process of its own: takes messages as Telegram does, and tells how fast they came.
// It prints {"root"} as one line; each line it reads is a number of messages, and it prints {"perSecond"} once they came:
// of the last three quarters, so that whoever sends has compiled what he runs.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

let taken = 0
let first = 0
let wanted = Number.POSITIVE_INFINITY

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (++taken === Math.ceil(wanted / 4)) first = performance.now()
    const body = JSON.stringify({ ok: true, result: { message_id: taken, date: 1, chat: { id: 1, type: 'private' } } })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
    if (taken === wanted)
      console.log(
        JSON.stringify({ perSecond: ((wanted - Math.ceil(wanted / 4)) / (performance.now() - first)) * 1000 }),
      )
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ root: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
})
for await (const line of createInterface({ input: process.stdin })) {
  taken = 0
  wanted = Number(line)
}
process.exit(0)
