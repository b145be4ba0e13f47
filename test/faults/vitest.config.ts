// How `npm run test:faults` runs: apart from the suite, since it kills programs and waits for others to take over.
import { configDefaults, defineConfig } from 'vitest/config'
import suite from '../../vitest.config.ts'

export default defineConfig({
  test: { ...suite.test, include: ['test/faults/*.test.ts'], exclude: configDefaults.exclude },
})
