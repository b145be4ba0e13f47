// Further things people write, beyond the utterances: each line of said/*.txt is read as its heading says.
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { understand } from '../../src/domain/understand.ts'
import { linesOf, meaning } from './said.ts'

const fields = readdirSync(new URL('said/', import.meta.url)).map(file => file.replace('.txt', ''))

describe.each(fields)('%s', field => {
  it.each(linesOf(field))('"%s" means %s', (text, means) => expect(meaning(understand(field, text))).toBe(means))
})
