// A reply on each channel: buttons or numbers, and nothing of it ever lost.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { telegram, terminal, whatsapp } from '../../src/bots/capabilities.ts'
import type { Capabilities } from '../../src/bots/port.ts'
import { render } from '../../src/bots/render.ts'
import { shorten, split } from '../../src/bots/split.ts'
import type { Option, Reply } from '../../src/flows/types.ts'

const options = (...labels: string[]): Option[] => labels.map(label => ({ value: label.toLowerCase(), label }))
const labels = (reply: Reply, can: Capabilities = telegram) => render(reply, can).rows.map(row => row.map(o => o.label))

describe('a choice', () => {
  it('stands side by side on Telegram when its labels are short', () => {
    expect(labels({ text: 'Benar?', options: options('Ya', 'Tidak') })).toEqual([['Ya', 'Tidak']])
    expect(labels({ text: 'Ijazah?', options: options('SD', 'SMP', 'SMA', 'SMK') })).toEqual([
      ['SD', 'SMP'],
      ['SMA', 'SMK'],
    ])
    expect(labels({ text: 'Ijazah?', options: options('a', 'b', 'c', 'd', 'e') })).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ])
  })

  it('stands one a row when a label is longer', () => {
    const reply = { text: 'Jabatan?', options: options('Tukang Pasang Bata', 'Mandor') }
    expect(labels(reply)).toEqual([['Tukang Pasang Bata'], ['Mandor']])
  })

  it('is a numbered menu where there are no buttons', () => {
    const { texts, rows } = render(
      { text: 'Benar?', options: options('Ya', 'Tidak'), hint: 'Balas dengan angkanya.' },
      whatsapp,
    )
    expect(texts).toEqual(['Benar?\n\n1. Ya\n2. Tidak\nBalas dengan angkanya.'])
    expect(rows).toEqual([])
  })

  it('shows an option under the number it wants', () => {
    const levels = [4, 5, 6].map(number => ({ value: String(number), label: `Jenjang ${number}`, number }))
    const other = { value: 'other', label: 'Bukan itu semua' }
    expect(render({ text: 'Jenjang?', options: [...levels, other] }, whatsapp).texts[0]).toContain(
      '4. Jenjang 4\n5. Jenjang 5\n6. Jenjang 6\n1. Bukan itu semua',
    )
  })

  it('needs no menu where the text itself says how to answer', () => {
    const reply: Reply = { text: 'Balas YA atau UBAH 3', options: options('Ya', 'Ubah'), spoken: true }
    expect(render(reply, whatsapp).texts).toEqual(['Balas YA atau UBAH 3'])
    expect(labels(reply)).toEqual([['Ya', 'Ubah']])
  })

  it('keeps a label that is too long for a button whole in the text', () => {
    const long = 'Pelaksana Lapangan Pekerjaan Plambing Bangunan Gedung'
    const { texts, rows } = render({ text: 'Jabatan?', options: options('Mandor', long) }, telegram)
    expect(texts).toEqual([`Jabatan?\n\n1. Mandor\n2. ${long}`])
    expect(rows.flat().map(o => o.label)).toEqual(['1. Mandor', '2. Pelaksana Lapangan Pekerjaan Plambin…'])
  })

  it('moves into the text when the message also asks for the contact', () => {
    const reply: Reply = {
      text: 'Nomor HP?',
      shareContact: { label: 'Bagikan nomor saya', hint: 'Tekan tombol.' },
      options: options('Lewati'),
    }
    const { texts, rows, contact } = render(reply, telegram)
    expect({ rows, contact }).toEqual({ rows: [], contact: 'Bagikan nomor saya' })
    expect(texts[0]).toContain('1. Lewati')
  })
})

describe('the contact button', () => {
  const reply: Reply = { text: 'Nomor HP?', shareContact: { label: 'Bagikan nomor saya', hint: 'Tekan tombol.' } }

  it('is a button on Telegram; elsewhere the question alone says what to do', () => {
    expect(render(reply, telegram)).toMatchObject({
      texts: ['Nomor HP?\n\nTekan tombol.'],
      contact: 'Bagikan nomor saya',
    })
    expect(render(reply, whatsapp)).toEqual({ texts: ['Nomor HP?'], rows: [], list: false, popup: false })
  })
})

describe('a pop-up', () => {
  it('stays one where the channel has them', () => {
    expect(render({ text: 'Tombol lama', popup: true }, telegram).popup).toBe(true)
    expect(render({ text: 'Tombol lama', popup: true }, whatsapp).popup).toBe(false)
  })

  it('is a message when it would not fit or carries more than words', () => {
    expect(render({ text: 'a'.repeat(201), popup: true }, telegram).popup).toBe(false)
    expect(render({ text: 'a', popup: true, options: options('Ya') }, telegram).popup).toBe(false)
  })
})

describe('a long text', () => {
  it('is cut at a paragraph, else at a line, else at a word', () => {
    expect(split(`${'a '.repeat(30)}\n\n${'b '.repeat(30)}`, 80)).toEqual([
      'a '.repeat(30).trim(),
      'b '.repeat(30).trim(),
    ])
    expect(split(`${'a '.repeat(30)}\n${'b '.repeat(30)}`, 80)).toEqual([
      'a '.repeat(30).trim(),
      'b '.repeat(30).trim(),
    ])
    expect(split('satu dua tiga', 9)).toEqual(['satu dua', 'tiga'])
  })

  it('keeps the menu together in the last message', () => {
    const reply: Reply = { text: 'kata '.repeat(817), options: options('Ya', 'Tidak') }
    expect(render(reply, whatsapp).texts.at(-1)).toBe('1. Ya\n2. Tidak')
  })

  it('is never cut through an emoji', () => {
    expect(split('👷'.repeat(10), 5)).toEqual(Array(5).fill('👷👷'))
    expect(shorten('👷👷👷', 4)).toBe('👷…')
  })
})

const channel = fc.constantFrom(telegram, whatsapp, terminal)
const words = fc.string({ unit: 'grapheme', maxLength: 300 })
const longText = fc.array(fc.constantFrom(' ', '\n', '\n\n', 'Bapak', 'x'.repeat(900), '👷', '<b>'), { maxLength: 80 })
const reply: fc.Arbitrary<Reply> = fc.record(
  {
    text: fc.oneof(
      words,
      longText.map(parts => parts.join('')),
    ),
    options: fc.array(fc.record({ value: words, label: words }), { maxLength: 7 }),
    hint: words,
    shareContact: fc.record({ label: words, hint: words }),
    popup: fc.boolean(),
  },
  { requiredKeys: ['text'] },
)
const bare = (text: string) => text.replace(/\s+/g, '')

describe('whatever is said on whatever channel', () => {
  it('loses nothing: each word, label and choice is in the texts or on a button', () => {
    fc.assert(
      fc.property(reply, channel, (reply, can) => {
        const { texts, rows, contact } = render(reply, can)
        const text = bare(texts.join(''))
        expect(text).toContain(bare(reply.text))
        const buttons = rows.flat()
        for (const [i, option] of (reply.options ?? []).entries()) {
          expect(text.includes(bare(option.label)) || buttons[i]?.label === option.label).toBe(true)
          if (rows.length > 0) expect(buttons[i]?.value).toBe(option.value)
        }
        if (can.contactButton) expect(contact).toBe(reply.shareContact?.label)
      }),
    )
  })

  it('never makes a message that is blank or too long', () => {
    fc.assert(
      fc.property(reply, channel, (reply, can) => {
        for (const text of render(reply, can).texts) {
          expect(text.trim()).not.toBe('')
          expect(text.length).toBeLessThanOrEqual(can.maxText)
        }
      }),
    )
  })

  it('cuts without dropping or adding a letter', () => {
    fc.assert(
      fc.property(longText, fc.integer({ min: 2, max: 50 }), (parts, max) => {
        const text = parts.join('')
        const pieces = split(text, max)
        expect(bare(pieces.join(''))).toBe(bare(text))
        expect(pieces.every(piece => piece.length <= max && piece.trim() !== '')).toBe(true)
      }),
    )
  })
})
