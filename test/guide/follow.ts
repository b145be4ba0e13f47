// Follows a guide: carries out its blocks on a copy of the project.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const COPIED = ['src', 'locales', 'examples', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']

export type Copy = { readonly path: string; readonly remove: () => Promise<void> }

/** A copy of the project with everything done that the guide says, block by block. */
export async function follow(guide: string): Promise<Copy> {
  const path = await mkdtemp(join(tmpdir(), 'sapa-guide-'))
  await Promise.all(COPIED.map(name => cp(name, join(path, name), { recursive: true })))
  await symlink(resolve('node_modules'), join(path, 'node_modules'))
  const text = await readFile(join('docs/guide', guide), 'utf8')
  for (const [, where, block] of text.matchAll(/^((?:In|The new file) `[^\n]+):\n\n```(?:ts|json)\n(.*?)^```$/gms))
    await carryOut(path, where as string, block as string)
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** "In `file`, before `text`", "In `file`, at the end" or "The new file `file`". */
async function carryOut(path: string, where: string, block: string): Promise<void> {
  const [, name = '', , anchor] = /^(?:In|The new file) `([^`]+)`(, before `([^`]+)`)?/.exec(where) ?? []
  const file = join(path, name)
  if (where.startsWith('The new file')) return writeFile(file, block)
  const before = await readFile(file, 'utf8')
  if (where.endsWith('at the end')) return writeFile(file, before + block)
  const at = before.indexOf(anchor as string)
  if (anchor === undefined || at < 0) throw new Error(`nothing to do for: ${where}`)
  await writeFile(file, before.slice(0, at) + block + before.slice(at))
}

async function chapterOf(guide: string, chapter: number): Promise<string> {
  const text = await readFile(join('docs/guide', guide), 'utf8')
  return new RegExp(`^## ${chapter}\\. (.*?)(?=^## |(?![^]))`, 'ms').exec(text)?.[1] ?? ''
}

/** The files that a chapter of a guide says to write: name and content. */
export async function filesOf(guide: string, chapter: number): Promise<readonly (readonly [string, string])[]> {
  const own = await chapterOf(guide, chapter)
  return [...own.matchAll(/^`([\w.]+)`:\n\n```csv\n(.*?)^```$/gms)].map(([, name = '', content = '']) => [
    name,
    content,
  ])
}

/** What a chapter of a guide says to type, line by line. Blocks of another kind stand for what only people can do. */
export async function commandsOf(guide: string, chapter: number): Promise<readonly string[]> {
  const own = await chapterOf(guide, chapter)
  return [...own.matchAll(/^( *)```sh\n(.*?)^\1```$/gms)].flatMap(([, , block]) =>
    (block as string)
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean),
  )
}
