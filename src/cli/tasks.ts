// `sapa tasks`: everything that waits for a person's decision.
import type { Command } from 'commander'
import { audit } from '../db/audit.ts'
import { closeTask, findTasks, listTasks, type OpenTask } from '../db/task-list.ts'
import { maskNumbers } from '../domain/mask.ts'
import type { House } from '../house.ts'
import type { Seal } from '../seal.ts'
import { settleAppeal } from '../turn.ts'
import { actor, type Common, inHouse } from './house.ts'
import { type Column, plain, printJson, printLines, tableHead, tableLine } from './print.ts'
import { CommandRefused } from './refuse.ts'
import { text } from './registrations.ts'

/** The end of an id that is enough to name a task. */
const SHORT = 8

export function addTasks(program: Command): void {
  const tasks = program
    .command('tasks')
    .description("list everything that waits for a person's decision, the oldest first")
    .action((_, command: Command) => inHouse(house => list(house, command.optsWithGlobals<Common>())))

  tasks
    .command('close')
    .description('close a task that is settled')
    .argument('<ID>', 'id of the task, or the end of it as the list shows')
    .requiredOption('--why <reason>', 'how it was settled', text)
    .action((id: string, { why }: { why: string }, command: Command) =>
      inHouse(house => close(house, id, why, command.optsWithGlobals<Common>())),
    )
}

/** What was said may hold a NIK or a phone. */
const masked = (detail: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [key, typeof value === 'string' ? maskNumbers(value) : value]),
  )

const view = (seal: Seal, { id, kind, event_id, number, detail, created_at, waited_seconds }: OpenTask) => ({
  id,
  kind,
  event: event_id,
  number,
  created_at: created_at.toISOString(),
  waited_seconds,
  detail: detail ? masked(seal.openJson(`task.detail:${id}`, detail)) : {},
})
type TaskView = ReturnType<typeof view>

const COLUMNS: readonly Column<TaskView>[] = [
  { title: 'ID', width: SHORT, of: task => task.id.slice(-SHORT) },
  { title: 'WAITS', width: 7, right: true, of: task => sayWait(task.waited_seconds) },
  { title: 'KIND', width: 17, of: task => task.kind },
  { title: 'NUMBER', width: 10, of: task => task.number ?? '' },
]

/** "5 min", "3 h", "12 d". */
function sayWait(seconds: number): string {
  if (seconds < 3600) return `${Math.max(0, Math.floor(seconds / 60))} min`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`
}

async function list({ db, seal }: House, { json }: Common): Promise<void> {
  const views = (await listTasks(db)).map(task => view(seal, task))
  if (json) return printJson(views)
  if (views.length === 0) return printLines('nothing waits for a decision')
  await printLines(tableHead(COLUMNS), ...views.flatMap(task => [tableLine(COLUMNS, task), `  ${sayDetail(task)}`]))
}

/** "name: Budi, question: nik, said: 3575••••••••901". */
const sayDetail = ({ detail }: TaskView): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${plain(String(value))}`)
    .join(', ')

async function close({ db, seal }: House, end: string, why: string, options: Common): Promise<void> {
  const by = actor(options)
  const id = await db.transaction().execute(async trx => {
    const [id, ...others] = await findTasks(trx, end.toLowerCase())
    if (others.length > 0) throw new CommandRefused(`several tasks end in "${end}": name more of the id`)
    if (!id || !(await closeTask(trx, id, by, seal.seal(`task.why:${id}`, why))))
      throw new CommandRefused(`no open task has the id "${end}"`)
    await settleAppeal(trx, seal, id)
    await audit(trx, seal, [{ by, action: 'task.close', subject: id, detail: { why } }])
    return id
  })
  return options.json ? printJson({ closed: id }) : printLines(`closed: ${id}`)
}
