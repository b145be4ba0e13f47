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

export const terminal: Capabilities = {
  buttons: false,
  contactButton: false,
  popups: false,
  edits: false,
  maxText: 20_000,
}
