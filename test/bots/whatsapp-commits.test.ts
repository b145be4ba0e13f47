// How the client's changes are saved: in their order, many to a commit, and nothing after a failure.
import { expect, it } from 'vitest'
import { createCommits } from '../../src/bots/whatsapp/commits.ts'
import type { Changes } from '../../src/bots/whatsapp/store.ts'

/** Somewhere to save to, where each commit ends when the test says so. */
function open() {
  const saved: Changes[] = []
  const ends: PromiseWithResolvers<void>[] = []
  const commits = createCommits({
    save: changes => {
      saved.push(changes)
      ends.push(Promise.withResolvers())
      return (ends.at(-1) as PromiseWithResolvers<void>).promise
    },
  })
  const change = (id: string, value: unknown) => commits.save({ keys: [{ type: 'session', id, value }] })
  return { commits, saved, ends, change }
}
const valuesOf = ({ keys = [] }: Changes) => keys.map(({ id, value }) => `${id}=${value}`)

it('what comes while a commit is under way shares the next one, the latest value of each', async () => {
  const { commits, saved, ends, change } = open()
  const first = change('a', 1)
  await expect.poll(() => saved.length).toBe(1)
  const others = [change('a', 2), change('b', 1), change('a', 3)]
  ends[0]?.resolve()
  await first
  await expect.poll(() => saved.length).toBe(2)
  expect(commits.pending()).toBeDefined()
  ends[1]?.resolve()
  await Promise.all(others)
  expect(saved.map(valuesOf)).toEqual([['a=1'], ['a=3', 'b=1']])
  expect(commits.pending()).toBeUndefined()
})

it('after a commit that failed nothing more is saved, and whoever waits for it hears so', async () => {
  const { commits, saved, ends, change } = open()
  const first = change('a', 1)
  await expect.poll(() => saved.length).toBe(1)
  const second = change('b', 1)
  const failures = Promise.allSettled([first, second])
  ends[0]?.reject(new Error('stolen'))
  expect((await failures).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(change('c', 1)).rejects.toThrow('stolen')
  await expect(commits.pending()).rejects.toThrow('stolen')
  expect(saved).toHaveLength(1)
})
