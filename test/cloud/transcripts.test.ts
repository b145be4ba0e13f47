// Every transcript over the Cloud API: what people post through its webhook, and what it takes of our answers.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CloudWorld, createCloudWorld } from '../support/cloud-world.ts'
import { inShort } from '../support/long.ts'
import { onWhatsApp, play, written } from '../support/play.ts'
import { readTranscript } from '../support/transcript.ts'

const FOLDER = new URL('../transcripts/', import.meta.url)

const transcripts = readdirSync(FOLDER)
  .filter(name => name.endsWith('.txt'))
  .map(file => ({ file, ...readTranscript(readFileSync(new URL(file, FOLDER), 'utf8')) }))
  .filter(({ head }) => head.saluran !== 'telegram')

describe('over the Cloud API', () => {
  let world: CloudWorld
  beforeAll(async () => {
    world = await createCloudWorld()
  })
  afterAll(() => world.close())

  it.each(inShort(transcripts))('$file', { timeout: 60_000 }, async ({ file, lines, head }) => {
    expect(await play(world, lines, head, 'cloud')).toEqual(onWhatsApp(written(lines)))
    const said = new URL(`templates/${file}`, import.meta.url)
    if (world.templates().length > 0 || existsSync(said))
      await expect(`${world.templates().join('\n')}\n`).toMatchFileSnapshot(said.pathname)
  })
})
