// Lists that officers send as files: xlsx and csv, whole, strange and hostile.
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { attachmentOf } from '../../src/bots/attachment.ts'
import { readNomineeSheet } from '../../src/domain/nominee-list.ts'
import { readSheetFile } from '../../src/files/read-sheet.ts'

const today = '2025-10-01'
const namesIn = (rows: readonly (readonly string[])[]) => {
  const read = readNomineeSheet(rows, { today })
  return read.ok ? read.value.map(({ name }) => name) : read.reason
}

test('a file that we sent comes back as it was', async () => {
  const rows = [
    ['Nama', 'NIK', 'No HP'],
    ['Budi Santoso', '3575011708859001', '083600000017'],
  ]
  const file = await attachmentOf({ text: '', table: { name: 'x.xlsx', rows } })
  expect(await readSheetFile(file?.bytes ?? Buffer.of())).toEqual({ ok: true, rows })
})

test('of two sheets the one with names counts; a NIK kept as a number shows that its digits are lost', async () => {
  const bytes = await writeXlsxFile([
    { data: [[{ value: 'Petunjuk' }]], sheet: 'Petunjuk' },
    {
      data: [
        [{ value: 'USULAN', columnSpan: 3 }, null, null],
        [{ value: 'No HP' }, { value: 'Nama' }, { value: 'NIK' }],
        [{ value: 83600000017 }, { value: 'Budi' }, { value: 3575011708859001 }],
        [{ value: '' }, { value: '=1+1', type: 'Formula' }, null],
      ],
      sheet: 'Daftar',
    },
  ]).toBuffer()
  const read = await readSheetFile(bytes)
  expect(read.ok && readNomineeSheet(read.rows, { today })).toMatchObject({
    ok: true,
    value: [{ name: 'Budi', phone: '+6283600000017', warn: ['NIK_SCIENTIFIC'] }],
  })
})

test('csv is read with semicolons, commas or tabs, also from old Windows programs', async () => {
  for (const separator of [';', ',', '\t']) {
    const text = [
      ['Nama', 'No HP'],
      ['Budi Santoso', '083600000017'],
    ]
      .map(row => row.join(separator))
      .join('\r\n')
    const read = await readSheetFile(Buffer.from(text))
    expect(read.ok && namesIn(read.rows)).toEqual(['Budi Santoso'])
  }
  const read = await readSheetFile(Buffer.from('Nama;No HP\nRen\xe9;083600000017', 'latin1'))
  expect(read.ok && read.rows[1]?.[0]).toBe('René')
})

test('ten thousand lines are refused with their words, not read to the end', async () => {
  const lines = Array.from({ length: 10_000 }, (_, n) => `Orang ${n};083600000017`)
  const read = await readSheetFile(Buffer.from(['Nama;No HP', ...lines].join('\n')))
  expect(read.ok && namesIn(read.rows)).toBe('LIST_OVER_QUOTA')
})

test('what is too big, a zip bomb, and what is no sheet is refused before it is unpacked', async () => {
  const bomb = zipSync({
    'xl/workbook.xml': strToU8('<workbook/>'),
    'xl/worksheets/sheet1.xml': new Uint8Array(50 << 20),
  })
  expect(bomb.length).toBeLessThan(1 << 20)
  expect(await readSheetFile(bomb)).toEqual({ ok: false, problem: 'too_big' })
  expect(await readSheetFile(Buffer.concat([Buffer.from('Nama;HP\n'), Buffer.alloc(10 << 20, 'a')]))).toEqual({
    ok: false,
    problem: 'too_big',
  })
  expect(await readSheetFile(zipSync({ 'a.txt': strToU8('x') }))).toEqual({ ok: false, problem: 'wrong_type' })
  expect(await readSheetFile(Buffer.from('PK\x03\x04 and nothing'))).toEqual({ ok: false, problem: 'damaged' })
  expect(await readSheetFile(Buffer.of(0, 1, 2))).toEqual({ ok: false, problem: 'wrong_type' })
})

test('a bomb that lies about its size costs only the process that reads it', async () => {
  const lying = Buffer.from(
    zipSync({ 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/worksheets/sheet1.xml': new Uint8Array(300 << 20) }),
  )
  // The sizes that the directory claims: a hundred bytes each.
  for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4))
    lying.writeUInt32LE(100, at + 24)
  expect(await readSheetFile(lying)).toEqual({ ok: false, problem: 'damaged' })
})

test('the cards of an association are a PDF of eight a page', async () => {
  const people = Array.from({ length: 9 }, (_, n) => ({
    name: `Orang ${n}`,
    codes: [
      { label: 'Telegram', link: `https://t.me/bot?start=ABC${n}` },
      { label: 'WhatsApp', link: `https://wa.me/6283600000001?text=DAFTAR%20ABC${n}` },
    ],
    typed: `DAFTAR ABC${n}`,
  }))
  const file = await attachmentOf({ text: '', cards: { title: 'GAPENSI', people } })
  const text = file?.bytes.toString('latin1') ?? ''
  expect(text).toMatch(/^%PDF/)
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(2)
  expect(text).toContain('595.28 841.89')
})
