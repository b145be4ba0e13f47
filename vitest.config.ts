// How the suite runs: every file in a process of its own, on a database of its own.
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They have a script of their own.
    exclude: [...configDefaults.exclude, 'test/faults/**'],
    globalSetup: 'test/support/servers.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000, interval: 20 } },
  },
})
