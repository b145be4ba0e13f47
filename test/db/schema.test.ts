import { expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'
import { dumpSchema } from '../support/schema-dump.ts'

test('the tables are those of schema.txt (after a migration: npx vitest run test/db/schema.test.ts -u)', async () => {
  const { house, close } = await freshDatabase()
  await expect(await dumpSchema(house.db)).toMatchFileSnapshot('../../src/db/schema.txt')
  await close()
})
