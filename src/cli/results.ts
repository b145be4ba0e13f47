// `sapa results`: brings results in, lets two names publish them, and takes them back while nobody has heard anything.
import type { Command } from 'commander'
import type { Mistake } from '../domain/result.ts'
import type { House } from '../house.ts'
import { chooseEvent } from './event-choice.ts'
import { actor, type Common, inHouse } from './house.ts'
import { printJson, printLines } from './print.ts'
import { startBar } from './progress.ts'
import { CommandRefused } from './refuse.ts'
import { type Checked, check, keep, readTable } from './results-import.ts'
import { approve, publish, undo } from './results-publish.ts'
import { show, summarise } from './results-show.ts'
import { sayAt } from './say.ts'

type Options = Common & {
  readonly event?: string
  readonly dryRun?: true
  readonly yes?: true
  readonly association?: string
}

export function addResults(program: Command): void {
  const results = program
    .command('results')
    .description('say how the results of an event stand: what waits, what is published, who was told')
    .enablePositionalOptions()
    .option('--event <id>', 'id of the event; not needed where there is only one')
    .action((_, command: Command) => inHouse(house => show(house, command.optsWithGlobals<Options>())))

  results
    .command('import')
    .description(
      'bring in a file of results, xlsx or csv; every mistake is named, one mistake refuses the file. Tells nobody',
    )
    .argument(
      '<FILE>',
      'with the columns nomor_pendaftaran, nik, hasil (K or BK), nomor_sertifikat, tanggal_terbit, berlaku_sampai, umpan_balik; "unit …" for each unit',
    )
    .option('--event <id>', 'id of the event; not needed where there is only one')
    .option('--dry-run', 'check the file and keep nothing')
    .option('--yes', 'put it in the place of an import that waits for its approval')
    .action((file: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>()
      return inHouse(house => bringIn(house, file, options, actor(options)))
    })

  const act = (name: string, does: string, run: (house: House, options: Options, by: string) => Promise<void>) =>
    results
      .command(name)
      .description(does)
      .option('--event <id>', 'id of the event; not needed where there is only one')
      .action((_, command: Command) => {
        const by = named(command)
        return inHouse(house => run(house, command.optsWithGlobals<Options>(), by))
      })
  act(
    'publish',
    'say that the import is right; another name must approve before anybody is told. Needs --by',
    published,
  )
  act(
    'approve',
    'approve what another name published; people are told after the minutes for undoing. Needs --by',
    approved,
  )
  act('undo', 'take an approval back while nobody has been told. Needs --by', undone)

  results
    .command('summary')
    .description(
      "the published results by association, with names; officers hear its numbers. Never a NIK or a worker's phone",
    )
    .option('--event <id>', 'id of the event; not needed where there is only one')
    .option('--association <id>', 'only of this association')
    .action((_, command: Command) => inHouse(house => summarise(house, command.optsWithGlobals<Options>())))
}

/** Who acts must be said: two different names stand behind what people are told. */
function named(command: Command): string {
  const { by } = command.optsWithGlobals<Options>()
  if (!by?.trim()) command.error('error: say who acts: --by NAME')
  return (by as string).trim()
}

const sayMistake = ({ line, number, why }: Mistake) => `line ${line}${number && `, ${number}`}: ${why}`

async function bringIn(house: House, file: string, options: Options, by: string): Promise<void> {
  const { dryRun = false, yes = false, json = false } = options
  const event = await chooseEvent(house.db, options.event)
  const rows = await readTable(file)
  const bar = startBar('checking', rows.length - 1)
  const checked = await check(house, event.id, rows, bar.add).finally(bar.end)
  const { mistakes, warnings, lines, missing } = checked
  if (json && mistakes.length > 0) await printJson({ mistakes, warnings })
  else if (!json) await printLines(...mistakes.map(sayMistake), ...warnings.map(one => `note: ${sayMistake(one)}`))
  if (mistakes.length > 0)
    throw new CommandRefused(
      `nothing was imported: ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'} in ${file}`,
    )
  if (lines.length === 0) throw new CommandRefused(`nothing was imported: no line in ${file}`)
  const number = dryRun ? null : await keep(house, event.id, checked, by, yes)
  const absent = missing.map(one => one.number)
  if (json)
    return printJson({
      import: number,
      competent: count(checked, 'K'),
      not_yet: count(checked, 'BK'),
      warnings,
      missing: absent,
    })
  await printLines(
    `${lines.length} results: ${count(checked, 'K')} Kompeten, ${count(checked, 'BK')} Belum Kompeten`,
    ...(missing.length === 0
      ? []
      : [
          `${missing.length} accepted people are not in the file and hear nothing:`,
          ...missing.map(
            ({ number, name, present }) => `  ${number}  ${name}${present ? '' : ' (was never checked in)'}`,
          ),
        ]),
    number === null
      ? 'nothing was kept: that was a dry run'
      : `import ${number} is kept; nobody was told. Next: sapa results publish --by NAME`,
  )
}

const count = ({ lines }: Checked, outcome: string) => lines.filter(one => one.outcome === outcome).length

async function published(house: House, options: Options, by: string): Promise<void> {
  const event = await chooseEvent(house.db, options.event)
  const { number } = await publish(house, event.id, by)
  if (options.json) return printJson({ published: number, by })
  await printLines(
    `import ${number} is published by ${by}; nobody was told. Another name: sapa results approve --by NAME`,
  )
}

async function approved(house: House, options: Options, by: string): Promise<void> {
  const event = await chooseEvent(house.db, options.event)
  const { import: number, tellsAt, leavesAt, hasil, sertifikat, officers } = await approve(house, event.id, by)
  if (options.json)
    return printJson({ approved: number, by, tells_at: tellsAt, leaves_at: leavesAt, hasil, sertifikat, officers })
  const say = (at: Date) => sayAt(event.file, at.toTemporalInstant())
  await printLines(
    `import ${number} is approved by ${by}: ${hasil} hear their result, ${sertifikat} of their certificate; afterwards ${officers} officers the numbers of their association`,
    `until ${say(tellsAt)} it can be undone: sapa results undo --by NAME; the first message leaves ${say(leavesAt)}`,
  )
}

async function undone(house: House, options: Options, by: string): Promise<void> {
  const event = await chooseEvent(house.db, options.event)
  const number = await undo(house, event.id, by)
  if (options.json) return printJson({ undone: number, by })
  await printLines(`import ${number} waits for its publication again; nobody was told`)
}
