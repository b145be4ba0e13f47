// The rules of the house: which folder may import which. Read from the code itself, so that nobody has to watch.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../src')

/** Room → the rooms it may import. A room is a folder of src/, or a file that stands directly in it. */
const RULES: Readonly<Record<string, readonly string[] | 'all'>> = {
  domain: [],
  seal: [],
  log: [],
  failpoint: [],
  config: ['db', 'failpoint'],
  house: ['db', 'seal', 'log'],
  files: ['seal', 'house', 'db'],
  flows: ['domain'],
  db: ['domain', 'seal'],
  bots: ['domain', 'flows', 'files', 'config', 'seal'],
  turn: ['domain', 'flows', 'db', 'files', 'seal', 'house', 'bots', 'failpoint'],
  jobs: ['domain', 'db', 'bots', 'turn', 'files', 'flows', 'seal', 'house', 'config', 'failpoint'],
  web: ['domain', 'db', 'bots', 'turn', 'files', 'flows', 'seal', 'house', 'config', 'jobs', 'log'],
  'open-house': ['config', 'db', 'house', 'seal'],
  'sample-event': ['domain', 'db', 'house'],
  main: 'all',
  serve: 'all',
  whatsapp: ['bots', 'config', 'db', 'files', 'house', 'jobs', 'seal'],
  cli: 'all',
  chat: 'all',
}

/** What only one folder may know. */
const ALONE: Readonly<Record<string, string>> = {
  bullmq: 'jobs',
  ioredis: 'jobs',
  '@whiskeysockets': 'bots/whatsapp',
  grammy: 'bots/telegram',
  fastify: 'web',
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  f => /\.tsx?$/.test(f) && !f.startsWith(`web${sep}page${sep}`),
)
const room = (file: string): string => file.split(sep)[0]?.replace(/\.ts$/, '') ?? ''

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(/^(?:import|export)[^'"]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm)].map(
    m => m[1] ?? m[2] ?? m[3] ?? '',
  )
}

describe('what may import what', () => {
  it.each(files)('%s keeps to its room', file => {
    const may = RULES[room(file)]
    for (const target of importsOf(file)) {
      if (target.startsWith('.')) {
        const other = room(relative(SRC, join(SRC, dirname(file), target)))
        if (may === 'all' || other === room(file) || other === '..') continue
        expect(may, `${file} imports ${target}`).toContain(other)
      }
      const owner = ALONE[target.split('/')[0] as string]
      if (owner) expect(file.split(sep).join('/'), `${file} imports ${target}`).toMatch(new RegExp(`^${owner}/`))
    }
  })

  it('finds the imports it judges', () => {
    expect(importsOf('turn.ts')).toContain('./flows/register.ts')
  })
})
