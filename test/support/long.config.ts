// How `npm run test:long` runs: apart from the suite, which has to stay short.
import { configDefaults, defineConfig } from 'vitest/config'
import suite from '../../vitest.config.ts'
import { LONG } from './long.ts'

export default defineConfig({
  test: {
    ...suite.test,
    include: LONG.map(path => (path.endsWith('**') ? `${path}/*.test.ts` : path)),
    exclude: configDefaults.exclude,
  },
})
