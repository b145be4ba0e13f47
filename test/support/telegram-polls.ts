// getUpdates as Telegram does it: an offset confirms, a poll is held open, a second poller ends the first.
import type { ServerResponse } from 'node:http'
import type { Payload } from './telegram-methods.ts'
import type { World } from './telegram-world.ts'

type Held = { readonly response: ServerResponse; readonly limit: number; readonly timer: NodeJS.Timeout }

/** The one poll that may be open at a time. */
export function createPolls(world: World) {
  let held: Held | undefined
  let flushing = false

  function drop(): Held | undefined {
    const dropped = held
    held = undefined
    if (dropped) clearTimeout(dropped.timer)
    return dropped
  }

  function flush(): void {
    flushing = false
    if (!held || world.updates.length === 0) return
    const poll = drop() as Held
    give(poll.response, poll.limit)
  }

  const give = (response: ServerResponse, limit: number) =>
    answer(response, 200, { ok: true, result: world.updates.slice(0, limit) })

  // All that happens in one go of the event loop leaves in one answer.
  world.events.on('changed', () => {
    if (!held || flushing || world.updates.length === 0) return
    flushing = true
    setImmediate(flush)
  })

  function hold(response: ServerResponse, limit: number, timeout: number): void {
    const timer = setTimeout(() => give((drop() as Held).response, limit), timeout * 1000)
    held = { response, limit, timer }
    response.on('close', () => {
      if (held?.response === response) drop()
    })
  }

  return {
    /** Only while no webhook is set. */
    take: (payload: Payload, response: ServerResponse): void => {
      const conflict = 'Conflict: terminated by other getUpdates request'
      const other = drop()
      if (other) answer(other.response, 409, { ok: false, error_code: 409, description: conflict })
      const offset = Number(payload.offset ?? 0)
      const limit = Math.min(100, Number(payload.limit ?? 100))
      const timeout = Number(payload.timeout ?? 0)
      if (Array.isArray(payload.allowed_updates)) world.allow(payload.allowed_updates)
      const confirmed = world.updates.findIndex(update => update.update_id >= offset)
      world.updates.splice(0, confirmed < 0 ? world.updates.length : confirmed)
      world.changed()
      if (world.updates.length > 0 || timeout === 0) give(response, limit)
      else hold(response, limit, timeout)
    },
    end: drop,
  }
}

/** Answers a call with JSON. */
export function answer(response: ServerResponse, status: number, content: unknown): void {
  const body = JSON.stringify(content)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    .end(body)
}
