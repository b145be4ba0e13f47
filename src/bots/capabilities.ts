// What each look can show; the renderer says in words whatever a channel can't.
import type { Capabilities } from './port.ts'

export const TELEGRAM: Capabilities = {
  buttons: true,
  contactButton: true,
  popups: true,
  edits: true,
  maxText: 4096,
}

export const WHATSAPP: Capabilities = {
  buttons: false,
  contactButton: false,
  popups: false,
  edits: false,
  maxText: 4096,
}

export const TERMINAL: Capabilities = {
  buttons: false,
  contactButton: false,
  popups: false,
  edits: false,
  maxText: 20_000,
}
