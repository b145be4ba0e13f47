// How `npm run test:crash` runs: apart from the suite, since it takes minutes and hurts the program all the time.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/crash/*.crash.ts'],
    globalSetup: 'test/support/servers.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000, interval: 100 } },
  },
})
