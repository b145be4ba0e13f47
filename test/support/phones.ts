// The phones of a running server's simulator, worked over HTTP as its page does.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { ChatView, Look, PersonView } from '../../src/web/simulator/view.ts'

export type Phones = {
  /** A new person; gives the id. */
  readonly person: () => Promise<string>
  readonly view: (person: string) => Promise<PersonView>
  readonly post: (path: string, body: unknown, bytes?: Buffer) => Promise<Response>
  /** Hands a message over, the same `id` being the same message. */
  readonly send: (person: string, look: Look, text: string, id?: string) => Promise<Response>
  /** Says something and waits for the turn; gives the chat. */
  readonly says: (person: string, look: Look, text: string, id?: string) => Promise<ChatView>
  readonly sendsPicture: (person: string, look: Look, picture: Buffer) => Promise<ChatView>
}

/** `address` is asked for each time, since a server that was started again has another one. */
export function phonesOf(address: () => string): Phones {
  const post = (path: string, body: unknown, bytes?: Buffer) => {
    const type = bytes ? 'application/octet-stream' : 'application/json'
    const content = bytes ? new Uint8Array(bytes) : JSON.stringify(body)
    return fetch(`${address()}/simulator/${path}`, { method: 'POST', body: content, headers: { 'content-type': type } })
  }
  const view = async (person: string) =>
    (await (await fetch(`${address()}/simulator/people/${person}`)).json()) as PersonView
  const send = (person: string, look: Look, text: string, id: string = randomUUID()) =>
    post(`people/${person}/${look}/messages`, { id, said: { kind: 'text', text } })

  async function answered(person: string, look: Look, id: string): Promise<ChatView> {
    await expect
      .poll(async () => (await view(person)).chats[look].bubbles.find(bubble => bubble.id === id)?.ticks, {
        timeout: 30_000,
        interval: 100,
      })
      .toBe(2)
    return (await view(person)).chats[look]
  }

  return {
    person: async () => ((await (await post('people', {})).json()) as { id: string }).id,
    view,
    post,
    send,
    says: async (person, look, text, id = randomUUID()) => {
      expect((await send(person, look, text, id)).status).toBe(204)
      return answered(person, look, id)
    },
    sendsPicture: async (person, look, picture) => {
      const id = randomUUID()
      await post(`people/${person}/${look}/files/${id}`, undefined, picture)
      return answered(person, look, id)
    },
  }
}
