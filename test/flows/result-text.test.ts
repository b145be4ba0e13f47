// A result says where its certificate can be verified and when the next chance is, whether or not the event file does.
import { expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { readEventFile } from '../../src/domain/event-file.ts'
import { eventFact } from '../../src/flows/event-fact.ts'
import { resultReply } from '../../src/flows/result-text.ts'
import type { ResultFact } from '../../src/flows/result-types.ts'

/** The sample event, with more about its results. */
function eventWith(more: Readonly<Record<string, string>>) {
  const read = readEventFile({ ...sample, results: { ...sample.results, ...more } })
  if (!read.ok) throw new Error(read.mistakes.join())
  return eventFact(read.value)
}

const result = (more: Readonly<Record<string, string>>, outcome: 'K' | 'BK'): ResultFact => ({
  event: eventWith(more),
  number: 'PSR-00001B',
  name: 'Budi Santoso',
  trade: 'Tukang Cat jenjang 2',
  outcome,
  certificate: outcome === 'K' ? 'SKK-CONTOH-1' : null,
  issued: null,
  validUntil: null,
  validDay: null,
  feedback: 'ulang',
  lacking: ['F.45.TB.001'],
  corrected: false,
  birthDate: '1985-08-17',
  phone: null,
  appealUntil: '2025-10-27',
  appealOver: false,
  appeal: null,
  renewal: null,
  locked: false,
})

test('of the sample event: LPJK, and the committee who tells of the next chance', () => {
  const { text, ticket } = resultReply('id', result({}, 'K'))
  expect(text).toContain('Cek keasliannya di https://lpjk.pu.go.id')
  expect(ticket).toMatchObject({ verify: 'https://lpjk.pu.go.id' })
  expect(resultReply('id', result({}, 'BK')).text).toContain(
    'Mau ikut uji lagi? Ketik PANITIA, nanti kami kabari kesempatan berikutnya.',
  )
})

test('of an event file that says both: what it says', () => {
  const more = { verify_url: 'https://lsp.example/cek', next_chance: 'Maret 2026 di Pasuruan' }
  const { text, ticket } = resultReply('id', result(more, 'K'))
  expect(text).toContain('Cek keasliannya di https://lsp.example/cek')
  expect(ticket).toMatchObject({ verify: 'https://lsp.example/cek' })
  const notYet = resultReply('id', result(more, 'BK')).text
  expect(notYet).toContain('Kesempatan berikutnya: Maret 2026 di Pasuruan')
  expect(notYet).toContain('Yang perlu dilatih lagi: F.45.TB.001')
})
