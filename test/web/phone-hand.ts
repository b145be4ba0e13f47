// The hand that holds one phone of the simulator's page.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Look } from '../../src/web/simulator/view.ts'

export type PhoneHand = ReturnType<typeof phoneHand>

export function phoneHand(page: Page, look: Look) {
  const phone = page.locator(`section[data-look=${look}]`)
  const bot = phone.locator('[data-message][data-mine=false]')
  const own = phone.locator('[data-message][data-mine=true]')
  /** What the bot said last, with its buttons: an answer may be several messages. */
  const heard = async (): Promise<string> => (await bot.allInnerTexts()).slice(-2).join('\n')

  async function openMenu(item: string): Promise<void> {
    await phone.getByRole('button', { name: 'Lampirkan' }).click()
    await page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  return {
    heard,
    /** How many messages of the bot there are. */
    count: (): Promise<number> => bot.count(),
    /** What the phone's owner sent. */
    mine: (): Promise<string[]> => own.allInnerTexts(),
    /** Waits until the newest messages of the bot contain this. */
    hears: (text: string): Promise<void> => expect.poll(heard, { timeout: 20_000 }).toContain(text),
    say: async (text: string): Promise<void> => {
      await phone.getByRole('textbox').fill(text)
      await phone.getByRole('textbox').press('Enter')
    },
    press: (label: string): Promise<void> => phone.getByRole('button', { name: label, exact: true }).last().click(),
    attach: openMenu,
    sticker: (): Promise<void> => phone.getByRole('button', { name: 'Kirim stiker' }).click(),
    upload: async (name: string, mimeType: string, buffer: Buffer): Promise<void> => {
      const chooser = page.waitForEvent('filechooser')
      await openMenu('Foto')
      await (await chooser).setFiles({ name, mimeType, buffer })
    },
    /** How many pictures of the chat are there in full. */
    picturesShown: (): Promise<number> =>
      phone.locator('[data-message] img').evaluateAll(images => images.filter(image => image.naturalWidth > 0).length),
  }
}
