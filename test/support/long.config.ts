// How `npm run test:long` runs: apart from the suite, which has to stay short.
import { configDefaults, defineConfig } from 'vitest/config'
import suite from '../../vitest.config.ts'
import { LONG, SHORT } from './long.ts'

export default defineConfig({
  test: { ...suite.test, include: process.env.CI ? SHORT : LONG, exclude: configDefaults.exclude },
})
