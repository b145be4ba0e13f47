// The links by which a chat with us is opened with a code in it.

export type Places = { readonly telegram?: string; readonly whatsapp?: string }

/** A link for each app on which we can be found; `word` is what a WhatsApp message says before the code. */
export const linksOf = ({ telegram, whatsapp }: Places, word: string, code: string) => ({
  telegram: telegram ? `https://t.me/${telegram}?start=${code}` : null,
  whatsapp: whatsapp ? `https://wa.me/${whatsapp.replace(/\D/g, '')}?text=${word}%20${code}` : null,
})
