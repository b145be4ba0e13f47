// What our inline buttons carry: the turn of their question and the chosen option, in at most 64 bytes.

const MAX_BYTES = 64

/** `7:tukang-batu`; undefined where Telegram would not take it. */
export function toData(asked: number, value: string): string | undefined {
  const data = `${asked}:${value}`
  return Buffer.byteLength(data) <= MAX_BYTES ? data : undefined
}

/** The other way round. Whatever we did not write belongs to no turn (-1), so that it counts as an old button. */
export function fromData(data: string | undefined): { readonly asked: number; readonly value: string } {
  const [, asked, value] = /^(\d{1,9}):(.+)$/s.exec(data ?? '') ?? []
  return asked && value ? { asked: Number(asked), value } : { asked: -1, value: '' }
}
