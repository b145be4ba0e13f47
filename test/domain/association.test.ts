// Near-twins among the associations are never corrected into each other.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAssociation } from '../../src/domain/association.ts'
import { associations } from '../../src/domain/catalogue.ts'

const offered = ['gapensi', 'gapeksindo', 'gapeknas', 'gabpeknas', 'gatensi', 'ataki']
const read = (text: string) => readAssociation(text, { offered, all: associations })

describe('an association', () => {
  it('is what its acronym or full name says, and nothing near it', () => {
    for (const { id, acronym, name } of associations)
      for (const text of [acronym, acronym.toLowerCase(), `anggota ${acronym}`, name])
        expect
          .soft(read(text), text)
          .toEqual(offered.includes(id) ? { ok: true, value: id } : { ok: false, reason: 'ASSOC_NOT_OFFERED' })
  })

  it('is never taken for another without being confirmed, whatever letter is wrong', () => {
    const acronyms = associations.map(a => a.acronym.toLowerCase())
    fc.assert(
      fc.property(
        fc.constantFrom(...acronyms),
        fc.nat(),
        fc.constantFrom(...'abegiknopsux'),
        fc.nat(2),
        (name, at, letter, cut) => {
          const i = at % name.length
          const text = name.slice(0, i) + (cut === 2 ? '' : letter) + name.slice(i + (cut ? 1 : 0))
          const found = read(text)
          return !found.ok || acronyms.includes(text) || found.warn?.includes('FUZZY') === true
        },
      ),
    )
  })

  it('offers those that a short or doubtful word may mean', () => {
    expect(read('gapek')).toMatchObject({ reason: 'ASSOC_AMBIGUOUS', candidates: ['gapeksindo', 'gapeknas'] })
    expect(read('gapensi atau gapeknas')).toMatchObject({ candidates: ['gapensi', 'gapeknas'] })
  })
})
