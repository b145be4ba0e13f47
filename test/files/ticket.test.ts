import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { width, wrap } from '../../src/files/glyphs.ts'
import { readTicket, ticketFor, ticketText } from '../../src/files/ticket.ts'
import { createSeal } from '../../src/seal.ts'

const seal = createSeal(Buffer.alloc(32, 7))
const ticket = { number: 'PSR-00042W', name: 'Siti Aminah', event: 'Uji Kompetensi Tenaga Kerja Konstruksi 2025' }

test('a scanned ticket gives its number, whatever the case', () => {
  const text = ticketText(seal, ticket.number)
  expect(text).toMatch(/^PSR-00042W\.[0-9A-Z]{8}$/)
  expect(readTicket(seal, text)).toBe(ticket.number)
  expect(readTicket(seal, ` ${text.toLowerCase()}\n`)).toBe(ticket.number)
})

test('a number without our tag, with another key or of another worker is no ticket', () => {
  const text = ticketText(seal, ticket.number)
  expect(readTicket(seal, ticket.number)).toBeNull()
  expect(readTicket(seal, text.replace('00042', '00043'))).toBeNull()
  expect(readTicket(createSeal(Buffer.alloc(32, 8)), text)).toBeNull()
  expect(readTicket(seal, 'https://example.org/?q=PSR-00042W')).toBeNull()
})

test('the picture is a PNG of a phone’s width, with a light ground', async () => {
  const { format, width } = await sharp(await ticketFor(seal, ticket)).metadata()
  expect({ format, width }).toEqual({ format: 'png', width: 800 })
})

test('the card of a certificate is drawn whatever stands in it, and grows with it', async () => {
  const card = {
    certificate: 'SKK-7421-2025',
    name: 'Siti Aminah',
    trade: 'Tukang Bata dan Plesteran jenjang 1',
    issued: '20-10-2025',
    validUntil: '20-10-2030',
    verify: 'https://lpjk.pu.go.id',
  }
  const whole = await sharp(await ticketFor(seal, card)).metadata()
  expect(whole).toMatchObject({ format: 'png', width: 800 })
  const less = await sharp(await ticketFor(seal, { ...card, issued: null, validUntil: null })).metadata()
  expect(less.height).toBeLessThan(whole.height)
  const long = await sharp(await ticketFor(seal, { ...card, name: 'Kartiningrum '.repeat(12) })).metadata()
  expect(long.height).toBeGreaterThan(whole.height)
  expect(long.height).toBeLessThan(1500)
})

test('any name can be drawn: markup, emoji, other scripts, very long ones, none at all', async () => {
  const names = [
    '<b>"Siti" & \'Budi\'</b>',
    '👷🏽‍♂️🎉',
    'محمد',
    '',
    'A'.repeat(80),
    'Kartiningrum '.repeat(12),
    '\0\u202e]]>',
  ]
  for (const name of names) {
    const { height } = await sharp(await ticketFor(seal, { ...ticket, name })).metadata()
    expect(height).toBeLessThan(1300)
  }
})

test('no line is wider than its room, and there are never more lines than asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 4 }), (text, most) => {
      const lines = wrap(text, 48, 680, most)
      expect(lines.length).toBeLessThanOrEqual(most)
      for (const line of lines) expect(width(line, 48)).toBeLessThanOrEqual(680)
    }),
  )
})

test('a letter the font lacks loses its accents, not itself', () => {
  expect(wrap('Nguyễn', 48, 680, 1)).toEqual(['Nguyen'])
})
