// Talks to the server: one function a request.
import type { Look, Person } from '../simulator/view.ts'

/** What can be said with a phone; a file goes by `sendFile`. */
export type Saying =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'button'; readonly asked: number; readonly value: string; readonly message: string }
  | { readonly kind: 'contact'; readonly own: boolean }
  | { readonly kind: 'other'; readonly what: 'voice' | 'sticker' | 'location' }
export type Sample = 'ktp' | 'portrait' | 'diploma'

async function request(method: string, path: string, body?: BodyInit, type?: string): Promise<Response> {
  const answer = await fetch(`/simulator/${path}`, {
    method,
    ...(body !== undefined && { body }),
    ...(type && { headers: { 'content-type': type } }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
  return answer
}

const post = (path: string, body: unknown): Promise<Response> =>
  request('POST', path, JSON.stringify(body), 'application/json')

const phone = (person: Person, look: Look): string => `people/${person.id}/${look}`

export const fetchPeople = async (): Promise<Person[]> => (await (await request('GET', 'people')).json()).people
export const makePerson = async (): Promise<Person> => (await request('POST', 'people')).json()
export const moveClock = (hours: number) => post('clock', { hours })

export const say = (person: Person, look: Look, id: string, said: Saying) =>
  post(`${phone(person, look)}/messages`, { id, said })
export const sendSample = (person: Person, look: Look, id: string, sample: Sample) =>
  post(`${phone(person, look)}/samples`, { id, sample })
export const sendFile = (person: Person, look: Look, id: string, file: File) =>
  request('POST', `${phone(person, look)}/files/${id}`, file, 'application/octet-stream')
