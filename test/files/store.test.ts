import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStore } from '../../src/files/store.ts'
import { createSeal, SealError } from '../../src/seal.ts'

const seal = createSeal(Buffer.alloc(32, 7))
let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sapa-store-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const stored = async () =>
  (await readdir(dataDir, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))

test('what was put is got, and is not there as plain bytes', async () => {
  const store = createStore({ seal, dataDir })
  const id = randomUUIDv7()
  await store.put(id, Buffer.from('foto KTP Budi'))
  expect((await store.get(id))?.toString()).toBe('foto KTP Budi')
  const [path, ...others] = await stored()
  expect(others).toEqual([])
  expect(path).toBe(join(dataDir, 'files', id.slice(-2), id))
  expect((await readFile(path as string)).includes('Budi')).toBe(false)
  expect((await stat(path as string)).mode & 0o777).toBe(0o600)
})

test('putting it again replaces it and leaves nothing beside it', async () => {
  const store = createStore({ seal, dataDir })
  const id = randomUUIDv7()
  await Promise.all(['satu', 'satu', 'satu'].map(text => store.put(id, Buffer.from(text))))
  await store.put(id, Buffer.from('dua'))
  expect((await store.get(id))?.toString()).toBe('dua')
  expect(await stored()).toHaveLength(1)
})

test('an erased file is gone, and erasing it twice is no mistake', async () => {
  const store = createStore({ seal, dataDir })
  const id = randomUUIDv7()
  await store.put(id, Buffer.from('x'))
  await store.erase(id)
  await store.erase(id)
  expect(await store.get(id)).toBeNull()
})

test('a file under the name of another one does not open', async () => {
  const store = createStore({ seal, dataDir })
  const [one, other] = [randomUUIDv7(), randomUUIDv7()]
  await store.put(one, Buffer.from('x'))
  await store.put(other, Buffer.from('y'))
  await rename(join(dataDir, 'files', one.slice(-2), one), join(dataDir, 'files', other.slice(-2), other))
  await expect(store.get(other)).rejects.toThrow(SealError)
})

test('a name that is no id reaches no file', () => {
  const store = createStore({ seal, dataDir })
  expect(() => store.erase('../../etc/passwd')).toThrow('UUID')
})
