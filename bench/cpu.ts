// CPU time of a process and of all its children, as Linux counts it.
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** Linux counts in ticks of a hundredth of a second, on every machine that runs Node. */
const TICKS_PER_SECOND = 100

/** Whether this system tells. */
export const tellsCpu = process.platform === 'linux'

/** CPU seconds so far of a process, its living children, and those children that it has outlived. */
export function cpuOf(pid: number): number {
  const children = childrenOf(pid).flatMap(child => statOf(child) ?? [])
  const own = statOf(pid)
  if (!own) throw new Error(`process ${pid} has ended`)
  return [own, ...children].reduce((sum, { ticks, reaped }) => sum + ticks + reaped, 0) / TICKS_PER_SECOND
}

/** The living children of a process. */
export const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(child => statOf(child)?.parent === pid)

/** Undefined where the process has just ended. */
function statOf(pid: number): { parent: number; ticks: number; reaped: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in brackets and may hold anything.
    const [, parent, , , , , , , , , , user, system, reapedUser, reapedSystem] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number) as number[]
    return {
      parent: parent as number,
      ticks: (user as number) + (system as number),
      reaped: (reapedUser as number) + (reapedSystem as number),
    }
  } catch {
    return undefined
  }
}

/** The process id of a cluster's postmaster. */
export async function pidOf(cluster: string): Promise<number> {
  return Number((await readFile(`${cluster}/postmaster.pid`, 'utf8')).split('\n')[0])
}
