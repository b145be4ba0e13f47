// Ids in 22 characters, where 36 are too many.

/** A UUID as base64url. */
export const shortId = (uuid: string): string =>
  Uint8Array.fromHex(uuid.replaceAll('-', '')).toBase64({ alphabet: 'base64url', omitPadding: true })

/** The other way round; undefined of what is none. */
export function longId(short: string): string | undefined {
  if (!/^[\w-]{21}[AQgw]$/.test(short)) return undefined
  const hex = Uint8Array.fromBase64(short, { alphabet: 'base64url' }).toHex()
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
