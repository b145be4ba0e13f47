// The simulator's people in the database: each is two chats, one a look, whose address is the person's id.
import { randomInt, randomUUIDv7 } from 'node:crypto'
import { LOOKS } from '../../bots/simulator.ts'
import { addChats, type NewChat } from '../../db/chat.ts'
import { chatByAddress, listChats } from '../../db/simulator.ts'
import type { House } from '../../house.ts'
import { personId, personOf } from './person.ts'
import type { Look, Person } from './view.ts'

/** Everybody who was made here, the newest first. */
export async function listPeople({ db, seal }: House): Promise<Person[]> {
  const chats = await listChats(db, 'telegram')
  return chats.flatMap(chat => personOf(seal.open(`chat.address:${chat.id}`, chat.address).toString()) ?? [])
}

/** Makes somebody up, with a phone that nobody here has yet. */
export async function makePerson(house: House): Promise<Person> {
  const taken = new Set((await listPeople(house)).map(person => person.id))
  let id = personId(randomInt(10_000))
  while (taken.has(id)) id = personId(randomInt(10_000))
  const person = personOf(id) as Person
  const looks = Object.keys(LOOKS) as Look[]
  await addChats(
    house.db,
    looks.map(look => newChat(house, person, look)),
  )
  return person
}

function newChat({ seal }: House, person: Person, look: Look): NewChat {
  const id = randomUUIDv7()
  return {
    id,
    channel: 'simulator',
    account: look,
    address_key: addressKey(seal, look, person.id),
    address: seal.seal(`chat.address:${id}`, person.id),
    conversation_id: randomUUIDv7(),
  }
}

const addressKey = (seal: House['seal'], look: Look, address: string): Buffer =>
  seal.lookup('address', `simulator ${look} ${address}`)

/** Nobody of that name was made here, or there is no such thing of theirs. */
export class NotFound extends Error {
  readonly statusCode = 404
}

/** The person of this id. Throws NotFound for whoever wasn't made here. */
export async function findPerson(house: House, id: string): Promise<Person> {
  const person = personOf(id)
  if (!person) throw new NotFound('nobody of that name was made here')
  await findChat(house, 'telegram', person)
  return person
}

/** The person's chat on the phone of this look. */
export async function findChat({ db, seal }: House, look: Look, person: Person) {
  const chat = await chatByAddress(db, look, addressKey(seal, look, person.id))
  if (!chat) throw new NotFound('nobody of that name was made here')
  return chat
}
