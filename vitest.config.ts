// How the suite runs: every file in a process of its own, on a database of its own.
import { configDefaults, defineConfig } from 'vitest/config'
import { LONG } from './test/support/long.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They have scripts of their own.
    exclude: [...configDefaults.exclude, 'test/faults/**', ...LONG],
    globalSetup: 'test/support/servers.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000, interval: 20 } },
  },
})
