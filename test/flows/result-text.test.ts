// A result says where its certificate can be verified and when the next chance is, whether or not the event file does; and
// a "ya" is the consent to be reminded only where that was asked.
import { expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { readEventFile } from '../../src/domain/event-file.ts'
import { begin, turn } from '../../src/flows/engine.ts'
import { eventFact } from '../../src/flows/event-fact.ts'
import { register } from '../../src/flows/register.ts'
import { resultReply } from '../../src/flows/result-text.ts'
import type { ResultFact } from '../../src/flows/result-types.ts'
import { facts } from './facts.ts'

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

/** "ya" after the notice of a result with a certificate, which a template told or its own words. */
function yesTo(short: boolean) {
  const certified = {
    ...result({}, 'K'),
    validUntil: '20 Oktober 2030',
    validDay: '2030-10-20',
    phone: '+6281200000001',
  }
  const { number, event, phone } = certified
  const state = { ...begin(register), done: true, idle: false, turn: 1 }
  return turn(
    register,
    state,
    { kind: 'text', text: 'ya' },
    {
      ...facts,
      channel: { ...facts.channel, ownPhone: phone },
      registrations: [{ event: event.id, number, status: 'DITERIMA' }],
      newest: { ledger: 'a notice', number, asks: 'result', ...(short ? { short } : {}) },
      outcomes: [{ kind: 'results', results: [certified] }],
    },
  )
}

test('a "ya" to the question about the renewal is the consent', () => {
  expect(yesTo(false).effects).toContainEqual(
    expect.objectContaining({ kind: 'consent', purpose: 'renewal', given: true }),
  )
})

test('a "ya" to a template, which did not ask, shows the result and asks', () => {
  const { effects, replies } = yesTo(true)
  expect(effects).toEqual([])
  expect(replies.map(({ text }) => text).join()).toMatch(/Nomor sertifikat: SKK-CONTOH-1.*Mau diingatkan/s)
})
