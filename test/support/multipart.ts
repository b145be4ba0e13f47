// Reads multipart/form-data as a Bot API server must: fields by name, uploads by the name they are attached under.

export type Upload = { readonly filename: string; readonly type: string; readonly bytes: Buffer }
export type Form = { readonly fields: Record<string, string>; readonly uploads: ReadonlyMap<string, Upload> }

/** Parses a whole body. Throws on a body that is no form. */
export function parseForm(contentType: string, body: Buffer): Form {
  const boundary = /boundary=(.+)$/.exec(contentType)?.[1]
  if (!boundary) throw new Error('no boundary')
  const fields: Record<string, string> = {}
  const uploads = new Map<string, Upload>()
  for (const part of parts(body, boundary)) {
    const headEnd = part.indexOf('\r\n\r\n')
    const head = part.subarray(0, headEnd).toString()
    const bytes = part.subarray(headEnd + 4)
    const name = /[; ]name="?([^";\r]+)/i.exec(head)?.[1]
    const filename = /filename="?([^";\r]+)/i.exec(head)?.[1]
    const type = /content-type: *([^;\r\n]+)/i.exec(head)?.[1] ?? ''
    if (!name) throw new Error('a part without a name')
    if (filename) uploads.set(name, { filename, type, bytes })
    else fields[name] = bytes.toString()
  }
  return { fields, uploads }
}

function* parts(body: Buffer, boundary: string): Generator<Buffer> {
  const mark = `--${boundary}`
  let from = body.indexOf(mark)
  for (;;) {
    const to = body.indexOf(`\r\n${mark}`, from)
    if (from < 0 || to < 0) return
    yield body.subarray(from + mark.length + 2, to)
    from = to + 2
  }
}
