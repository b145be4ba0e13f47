// The other side of the WhatsApp benchmark: nothing but Baileys, its keys in memory, that says again what it hears.
// Argument: the server's URL. It prints {"qr"} for each QR code, and {"online":true} when it can chat.
import '../test/support/whatsapp-server/trust.ts'
import { createPlainClient } from '../test/support/whatsapp-server/plain.ts'

const [url = ''] = process.argv.slice(2)
const client = createPlainClient()
connect()

function connect(): void {
  const socket = client.open(url)
  socket.ev.on('connection.update', ({ qr, connection }) => {
    if (qr) console.log(JSON.stringify({ qr }))
    if (connection === 'open') console.log(JSON.stringify({ online: true }))
    if (connection === 'close') connect()
  })
  socket.ev.on('messages.upsert', ({ messages }) => {
    for (const { key, message } of messages)
      if (message?.conversation && !key.fromMe)
        void socket.sendMessage(key.remoteJid as string, { text: message.conversation })
  })
}
