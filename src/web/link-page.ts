// The one-time page on which a WhatsApp number is linked: a QR code to scan, on any screen, for ten minutes.
import type { FastifyInstance } from 'fastify'
import QRCode from 'qrcode'
import type { LinkNews } from '../bots/whatsapp/store.ts'
import { findLinkByToken, type LinkRow } from '../db/whatsapp-link.ts'
import type { House } from '../house.ts'
import { digestOfToken, placeOfNews } from '../jobs/whatsapp-store.ts'

const page = (body: string, again: boolean): string => `<!doctype html><html lang="id"><meta charset="utf-8">
${again ? '<meta http-equiv="refresh" content="2">' : ''}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Menyambungkan WhatsApp</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:30rem;margin:8vh auto;padding:0 1.25rem;color:#1f2937;text-align:center}svg{width:min(80vw,22rem)}</style>
<h1>Menyambungkan WhatsApp</h1>${body}`

const WAIT = '<p>Kode QR sedang disiapkan, sebentar ya…</p>'
const GONE = '<p>Tautan ini sudah tidak berlaku. Minta tautan baru: <code>sapa whatsapp link --url</code></p>'
const FAILED = '<p>Nomor ini tidak bisa disambungkan: WhatsApp meminta kunci sandi (passkey). Pakai nomor lain.</p>'
const HOW = `<p>Di HP panitia: WhatsApp → <b>Perangkat tertaut</b> → <b>Tautkan perangkat</b>, lalu pindai kode ini. Kode berganti
sendiri.</p>`

/** `/whatsapp/link/TOKEN`: whoever has the token may link; nothing else of the house is shown. */
export function linkPage(app: FastifyInstance, house: House): void {
  app.get<{ Params: { token: string } }>('/whatsapp/link/:token', async ({ params }, reply) => {
    const row = await findLinkByToken(house.db, digestOfToken(house.seal, params.token))
    const html = await show(house, row)
    return reply
      .code(row ? 200 : 404)
      .headers({ 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(html)
  })
}

async function show({ seal }: House, row: LinkRow | undefined): Promise<string> {
  const news = row?.news ? seal.openJson<LinkNews>(placeOfNews(row.id), row.news) : undefined
  if (news && 'linked' in news)
    return page(`<p>Tersambung: <b>${news.linked}</b>. Halaman ini boleh ditutup.</p>`, false)
  if (news && 'failed' in news) return page(FAILED, false)
  if (!row?.open) return page(GONE, false)
  if (!news || !('qr' in news)) return page(WAIT, true)
  return page((await QRCode.toString(news.qr, { type: 'svg', margin: 2 })) + HOW, true)
}
