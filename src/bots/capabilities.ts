// What each look can show; the renderer says in words whatever a channel can't.
import type { Capabilities } from './port.ts'

export const telegram: Capabilities = {
  buttons: true,
  contactButton: true,
  popups: true,
  edits: true,
  maxText: 4096,
}

export const whatsapp: Capabilities = {
  buttons: false,
  contactButton: false,
  popups: false,
  edits: false,
  maxText: 4096,
}

/** The Cloud API: reply buttons with titles of 20 characters, list rows of 24, 1,024 characters above them. */
export const cloud: Capabilities = {
  buttons: true,
  contactButton: false,
  popups: false,
  edits: false,
  maxText: 4096,
  choices: { buttons: { most: 3, label: 20 }, list: { most: 10, label: 24 }, text: 1024 },
}

export const terminal: Capabilities = {
  buttons: false,
  contactButton: false,
  popups: false,
  edits: false,
  maxText: 20_000,
}
