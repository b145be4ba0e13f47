// Links a number: shows QR codes, or a code to type on the phone, until the owner's phone agrees.
import { randomBytes } from 'node:crypto'
import type { AuthenticationCreds, BinaryNode } from '@whiskeysockets/baileys'
import type { Logger } from 'pino'
import { freshCreds, packCreds } from './auth.ts'
import { openSocket } from './socket.ts'
import type { LinkNews, LinkRequest, Store } from './store.ts'
import { jidPhone } from './understand.ts'

const LOOK_MS = 500
/** Which part of the QR's fields is the registration secret. */
const SECRET_FIELD = 3
const PASSKEY =
  'WhatsApp wants a passkey for this number, and only its own programs can give one: take another number, or the Cloud API'

/** Serves one request for linking, with new keys on every try. True when a number is linked and its keys are kept. */
export async function link(
  store: Store,
  { id, phone }: LinkRequest,
  url: string | undefined,
  log: Logger,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted && (await store.isWanted(id))) {
    const creds = freshCreds()
    const { linked, code } = await tryOnce(store, id, phone, creds, url, log, signal)
    const number = linked ? jidPhone(creds.me?.id) : undefined
    if (number) {
      await store.keepLinked(number, packCreds(creds))
      await store.tellLink(id, { linked: number })
      return true
    }
    log.info({ code }, 'whatsapp: linking ended without a number')
  }
  return false
}

/** One socket. It closes when a number is linked, when its QR codes are used up, or when nobody wants them any more. */
async function tryOnce(
  store: Store,
  id: string,
  phone: string | null,
  creds: AuthenticationCreds,
  url: string | undefined,
  log: Logger,
  signal: AbortSignal,
): Promise<{ linked: boolean; code: number | undefined }> {
  const keys = { get: () => ({}), set: () => {} }
  const { socket, closed } = openSocket(url, { auth: { creds, keys } }, log)
  const end = () => void socket.end(undefined)
  let linked = false
  let shown = ''
  let asked = false

  /** One after the other: the last told is what is seen. */
  let telling: Promise<unknown> = Promise.resolve()
  const tell = (news: LinkNews) => {
    telling = telling.then(() => store.tellLink(id, news)).catch(end)
  }
  /** The fourth field may have changed since the client read it. */
  const show = (qr: string) => {
    shown = qr
    const [head = '', fields = ''] = qr.split('#')
    tell({ qr: `${head}#${fields.split(',').with(SECRET_FIELD, creds.advSecretKey).join(',')}` })
  }
  socket.ev.on('creds.update', update => Object.assign(creds, update))
  socket.ev.on('connection.update', ({ qr, isNewLogin }) => {
    if (isNewLogin) linked = true
    // The client goes on making QR codes until the server closes.
    if (!qr || linked) return
    if (phone === null) return show(qr)
    if (asked) return
    asked = true
    socket.requestPairingCode(phone.replace(/\D/g, '')).then(code => tell({ code }), end)
  })
  // Since July 2026 the server may declare the registration's secret worn out; the client drops that notification. With a
  // typed code (and then `me` is set) the secret comes from the code and has to stay, and the client acknowledges by itself.
  socket.ws.on('CB:notification,type:companion_reg_refresh', ({ attrs }: BinaryNode) => {
    if (creds.me) return
    socket.ev.emit('creds.update', { advSecretKey: randomBytes(32).toString('base64') })
    const ack = { id: attrs.id ?? '', to: attrs.from ?? '', class: 'notification', type: attrs.type ?? '' }
    socket.sendNode({ tag: 'ack', attrs: ack }).catch(end)
    if (shown) show(shown)
  })
  socket.ws.on('CB:notification,type:passkey_prologue_request', () => tell({ failed: PASSKEY }))

  const look = async () => {
    if (!(await store.isWanted(id))) end()
  }
  const looking = setInterval(() => void look().catch(end), LOOK_MS)
  signal.addEventListener('abort', end)
  try {
    const code = await closed
    await telling
    return { code, linked }
  } finally {
    clearInterval(looking)
    signal.removeEventListener('abort', end)
  }
}
