// The simulator in a real browser: a whole registration on each phone, clicked and typed as its visitors do.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { samplePicture } from '../../src/web/simulator/pictures.ts'
import type { Person } from '../../src/web/simulator/view.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'
import { type Program, startServer } from '../support/program.ts'
import { openEvent } from '../support/world.ts'
import { openBrowser } from './browser.ts'
import { OPEN } from './desk.ts'
import { type PhoneHand, phoneHand } from './phone-hand.ts'

let database: TestDatabase
let server: Program
let browser: Browser
let address: string

beforeAll(async () => {
  database = await freshDatabase()
  await openEvent(database.house)
  await shiftClock(database.house.db, `${(Date.parse(OPEN) - Date.now()) / 1000} seconds`)
  server = startServer(database.house.dataDir, {
    DATABASE_URL: database.url,
    SAPA_KEY: Buffer.from(TEST_KEY).toString('base64'),
    SAPA_SIMULATOR: 'on',
  })
  address = await server.ready
  const built = async () => (await (await fetch(address)).text()).includes('id="root"')
  await vi.waitUntil(built, { timeout: 60_000 })
  browser = await openBrowser()
}, 120_000)

afterEach(() => Promise.all(browser.contexts().map(context => context.close())))

afterAll(async () => {
  await browser?.close()
  server?.kill('SIGTERM')
  await server?.ended
  await database?.close()
})

/** Opens the page as somebody new; whatever the browser complains about fails the test. */
async function open(
  size = { width: 1280, height: 800 },
): Promise<{ page: Page; person: Person; complaints: string[] }> {
  const person = (await (await fetch(`${address}/simulator/people`, { method: 'POST' })).json()) as Person
  const page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' })
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('request', request => {
    if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(address)) complaints.push(request.url())
  })
  await page.goto(`${address}/#${person.id}`)
  await page.locator('section[data-look=telegram]').waitFor()
  return { page, person, complaints }
}

const stored = (page: Page) => page.getByRole('region', { name: 'Data tersimpan' })

async function registerOnTelegram(phone: PhoneHand, person: Person): Promise<void> {
  await phone.press('Mulai')
  await phone.hears('Apakah Bapak/Ibu setuju?')
  await phone.press('Setuju')
  await phone.hears('Siapa nama lengkap')
  await phone.say(person.name)
  await phone.hears('Berapa NIK')
  await phone.say(person.nik)
  await phone.hears('Benar?')
  await phone.press('Ya')
  await phone.hears('Di kota atau kabupaten mana')
  await phone.say('Pasuruan')
  await phone.hears('Berapa nomor HP')
  await phone.press('Kirim nomor HP saya')
  await phone.hears('Di mana alamat rumah')
  await phone.say('Jl. Merdeka No. 5 RT 02 RW 03, Kel. Bugul Kidul, Kec. Bugul Kidul, Kota Pasuruan')
  await phone.hears('Dari asosiasi apa')
  // The list is longer than its buttons: the message turns its pages in place.
  const messages = await phone.count()
  await phone.press('Lainnya…')
  await phone.press('GAPENSI')
  await phone.hears('Jabatan kerja apa')
  expect(await phone.count()).toBe(messages + 1)
  await phone.say('tukang batu')
  await phone.hears('Sudah berapa tahun')
  await phone.say('2 tahun')
  await phone.hears('Apa ijazah terakhir')
  await phone.press('SMP / MTs')
  await phone.hears('Kirim foto KTP')
  await phone.attach('Contoh foto KTP')
  await phone.hears('Kirim pas foto')
  await phone.attach('Contoh pas foto')
  await phone.hears('kirim foto ijazah')
  await phone.say('LEWATI')
  await phone.hears('Apakah data ini sudah benar?')
  await phone.press('YA, sudah benar')
  await phone.hears('Nomor pendaftaran: PSR-')
}

test('on Telegram’s look a worker registers with buttons, the contact button and photos', async () => {
  const { page, person, complaints } = await open()
  const phone = phoneHand(page, 'telegram')
  await registerOnTelegram(phone, person)
  const number = /PSR-\d{5}[A-Z]/.exec(await phone.heard())?.[0] as string
  await stored(page).getByText(number).waitFor()
  await stored(page).getByText('Menunggu verifikasi').waitFor()
  expect(await stored(page).innerText()).not.toContain(person.nik)
  await expect.poll(() => phone.picturesShown()).toBe(3)

  await page.reload()
  await phone.hears(number)
  await expect.poll(() => phone.picturesShown()).toBe(3)
  expect(complaints).toEqual([])
}, 120_000)

test('on WhatsApp’s look a worker registers with numbers and words, and corrects one answer', async () => {
  const { page, person, complaints } = await open()
  const phone = phoneHand(page, 'whatsapp')
  await phone.say('pak mau daftar')
  await phone.hears('1. Setuju')
  await phone.say('1')
  await phone.hears('Siapa nama lengkap')
  await phone.say(person.name)
  await phone.hears('Berapa NIK')
  await phone.say(person.nik.slice(0, 15))
  await phone.hears('15 dari 16')
  await phone.say(person.nik)
  await phone.hears('Benar?')
  await phone.say('ya')
  await phone.hears('Di kota atau kabupaten mana')
  await phone.say('Pasuruan')
  await phone.hears('Berapa nomor HP')
  await phone.say('1')
  await phone.hears('Di mana alamat rumah')
  await phone.say('Jl. Merdeka No. 5 RT 02 RW 03, Kel. Bugul Kidul, Kec. Bugul Kidul, Kota Pasuruan')
  await phone.hears('Dari asosiasi apa')
  await phone.say('gapensi')
  await phone.hears('Jabatan kerja apa')
  await phone.say('tukang batu')
  await phone.hears('Sudah berapa tahun')
  await phone.say('5')
  await phone.hears('Apa ijazah terakhir')
  await phone.say('2')
  await phone.hears('Kirim foto KTP')
  await phone.sticker()
  await phone.hears('Kirim foto KTP')
  await phone.upload('ktp.jpg', 'image/jpeg', await samplePicture('ktp', person))
  await phone.hears('Kirim pas foto')
  await phone.say('lewati')
  await phone.hears('kirim foto ijazah')
  await phone.say('lewati')
  await phone.hears('Apakah data ini sudah benar?')
  await phone.say('UBAH 1')
  await phone.hears('Siapa nama lengkap')
  await phone.say('Sri Wahyuni')
  await phone.hears('1. Nama: Sri Wahyuni')
  await phone.say('YA')
  await phone.hears('Nomor pendaftaran: PSR-')
  await stored(page).getByText('Sri Wahyuni').waitFor()
  expect(complaints).toEqual([])
}, 120_000)

test('what was typed while the server was away is sent when asked again', async () => {
  const { page } = await open()
  const phone = phoneHand(page, 'whatsapp')
  await page.route('**/messages', route => route.abort(), { times: 1 })
  await phone.say('daftar')
  await page.getByRole('button', { name: 'Belum terkirim. Kirim lagi' }).click()
  await phone.hears('Apakah Bapak/Ibu setuju?')
  expect(await phone.mine()).toEqual([expect.stringContaining('daftar')])
}, 60_000)

test('people are changed by the menu, and the clock moves on for all', async () => {
  const { page, person } = await open()
  await phoneHand(page, 'whatsapp').say('P')
  await page.getByRole('button', { name: /Ganti orang/ }).click()
  await page.getByRole('menuitem', { name: 'Orang baru' }).click()
  await expect.poll(() => phoneHand(page, 'whatsapp').mine()).toEqual([])
  await page.getByRole('button', { name: /Ganti orang/ }).click()
  await page.getByRole('menuitem', { name: person.name }).first().click()
  await expect.poll(() => phoneHand(page, 'whatsapp').mine()).toHaveLength(1)
  const clock = page.getByRole('group', { name: 'Jam simulasi' })
  const day = await clock.innerText()
  await clock.getByRole('button', { name: '+1 hari' }).click()
  await expect.poll(() => clock.innerText()).not.toBe(day)
}, 60_000)

test('at the width of a phone one thing is shown at a time, and nothing sticks out', async () => {
  const { page, person, complaints } = await open({ width: 360, height: 720 })
  const phone = phoneHand(page, 'telegram')
  await phone.press('Mulai')
  await phone.hears('Apakah Bapak/Ibu setuju?')
  const widths = () => page.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]')
  expect(await widths()).toEqual([360, 360])
  await page.getByRole('radiogroup', { name: 'Yang ditampilkan' }).getByText('Data').click()
  await stored(page).getByText('Sedang diisi').waitFor()
  await page.getByText(person.nik).waitFor()
  expect(await widths()).toEqual([360, 360])
  expect(complaints).toEqual([])
}, 60_000)

/** What a screen reader can't name: controls and pictures without a label. */
async function unnamed(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const needed = /^(?:button|link|textbox|radio|radiogroup|menuitem|image|region|log|group|dialog)$/
  return nodes
    .filter(
      ({ ignored, role, name }) => !ignored && needed.test(String(role?.value)) && !String(name?.value ?? '').trim(),
    )
    .map(({ role, nodeId }) => `${role?.value} ${nodeId}`)
}

/** The hands of somebody who has a keyboard alone. */
function keyboard(page: Page) {
  const focused = () =>
    page.evaluate(`(() => {
      const { activeElement: at } = document
      const style = getComputedStyle(at)
      const seen = at.type === 'radio' || at.tagName === 'TEXTAREA' || style.outlineStyle !== 'none' || style.boxShadow !== 'none'
      return { name: at.getAttribute('aria-label') || at.textContent || at.value || '', seen }
    })()`) as Promise<{ name: string; seen: boolean }>
  return {
    focused,
    /** Goes from control to control until one bears this name; it must show that it is focused. */
    go: async (key: 'Tab' | 'Shift+Tab' | 'ArrowDown', name: string) => {
      for (let steps = 0; steps < 80; steps++) {
        await page.keyboard.press(key)
        const at = await focused()
        if (at.name.trim() !== name) continue
        expect(at, name).toMatchObject({ seen: true })
        return
      }
      throw new Error(`no way to "${name}" with ${key}`)
    },
    press: (key: string) => page.keyboard.press(key),
    type: async (text: string) => {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
  }
}

test('by keyboard alone, at the width of a phone, a worker answers, sends a photo and looks at the data', async () => {
  const { page, person, complaints } = await open({ width: 360, height: 720 })
  const phone = phoneHand(page, 'telegram')
  const keys = keyboard(page)
  await keys.go('Tab', 'Mulai')
  await keys.press('Enter')
  await phone.hears('Apakah Bapak/Ibu setuju?')
  // The keyboard stands in the field that took the place of the button.
  expect((await keys.focused()).name).toBe('Pesan Telegram')
  await keys.go('Shift+Tab', 'Setuju')
  await keys.press('Enter')
  await phone.hears('Siapa nama lengkap')
  await keys.go('Tab', 'Pesan Telegram')
  await keys.type(person.name)
  await phone.hears('Berapa NIK')
  await keys.type(person.nik)
  await phone.hears('Benar?')
  await keys.go('Shift+Tab', 'Ya')
  await keys.press('Space')
  await phone.hears('Di kota atau kabupaten mana')
  await keys.go('Tab', 'Lampirkan')
  await keys.press('Enter')
  await page.getByRole('menuitem', { name: 'Contoh foto KTP' }).waitFor()
  await keys.go('ArrowDown', 'Contoh foto KTP')
  await keys.press('Enter')
  await phone.hears('belum diperlukan')
  await keys.go('Shift+Tab', 'telegram')
  await keys.press('ArrowRight')
  await page.locator('section[data-look=whatsapp]').waitFor()
  await keys.press('ArrowRight')
  await stored(page).getByText('Sedang diisi').waitFor()
  expect(complaints).toEqual([])
}, 60_000)

test('a screen reader finds a name for everything, and who says what', async () => {
  const { page, person } = await open({ width: 360, height: 720 })
  const phone = phoneHand(page, 'telegram')
  expect(await unnamed(page)).toEqual([])
  await phone.press('Mulai')
  await phone.hears('Apakah Bapak/Ibu setuju?')
  for (const sticker of [1, 2])
    await phone.sticker().then(() => expect.poll(() => phone.mine()).toHaveLength(sticker + 1))
  await phone.attach('Contoh foto KTP')
  await expect.poll(() => phone.picturesShown()).toBeGreaterThan(0)
  expect(await unnamed(page)).toEqual([])
  const log = page.getByRole('log', { name: 'Percakapan' })
  expect(await log.getByText('Sapa:').count()).toBe(await phone.count())
  expect(await log.getByText('Anda:').count()).toBe((await phone.mine()).length)
  for (const shown of ['WhatsApp', 'Data']) {
    await page.getByRole('radiogroup', { name: 'Yang ditampilkan' }).getByText(shown).click()
    expect(await unnamed(page), shown).toEqual([])
  }
  await page.getByText(person.nik).waitFor()
}, 60_000)
