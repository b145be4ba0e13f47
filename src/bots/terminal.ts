// The terminal as a channel: one person at the keyboard.
import { attachedName } from './attachment.ts'
import { terminal } from './capabilities.ts'
import type { Bot } from './port.ts'
import { FileRefused } from './port.ts'
import { render } from './render.ts'

/** Prints what the bot says through `print`. Files can't be sent from a terminal. */
export const createTerminal = (print: (text: string) => void): Bot => ({
  channel: 'terminal',
  account: 'terminal',
  capabilities: terminal,
  send: async ({ reply }) => {
    for (const text of render(reply, terminal).texts) print(text)
    if (attachedName(reply)) print(`(${attachedName(reply)})`)
    return { messageId: null }
  },
  fetch: async () => {
    throw new FileRefused('unreachable')
  },
})
