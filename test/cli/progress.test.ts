import { afterEach, expect, test, vi } from 'vitest'
import { startBar } from '../../src/cli/progress.ts'

afterEach(() => {
  vi.restoreAllMocks()
  Object.defineProperty(process.stderr, 'isTTY', { value: false, configurable: true })
})

/** What a bar writes of 4 steps that take so many milliseconds each. */
function written(terminal: boolean, milliseconds: number): string {
  const told: string[] = []
  let now = 0
  Object.defineProperty(process.stderr, 'isTTY', { value: terminal, configurable: true })
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  vi.spyOn(process.stderr, 'write').mockImplementation(text => told.push(String(text)) > 0)
  const bar = startBar('checking', 4)
  for (let step = 0; step < 4; step++) {
    now += milliseconds
    bar.add(1)
  }
  bar.end()
  vi.restoreAllMocks()
  return told.join('')
}

test('a bar grows for who waits at a terminal, and leaves nothing behind', () => {
  const told = written(true, 300)
  expect(told).toContain('\rchecking [###############...............] 2 of 4')
  expect(told).toContain(`\rchecking [${'#'.repeat(30)}] 4 of 4`)
  expect(told).toMatch(/\r +\r$/)
})

test('there is none where nobody looks, or where it is over at once', () => {
  expect(written(false, 300)).toBe('')
  expect(written(true, 10)).toBe('')
})
