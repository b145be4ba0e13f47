// Saves what the client changes, in its order: what comes while a commit is under way goes together into the next one.
import type { Changes, KeyChange, Store } from './store.ts'

export type Commits = {
  /** Resolves with the commit. After one that failed nothing more is saved: what it built on is missing. */
  readonly save: (changes: Changes) => Promise<void>
  /** The commit of everything that was handed over so far; undefined where nothing waits for one. */
  readonly pending: () => Promise<void> | undefined
}

export function createCommits(store: Pick<Store, 'save'>): Commits {
  let gathered: Changes[] = []
  let underWay: Promise<void> | undefined
  let next: Promise<void> | undefined

  async function commit(): Promise<void> {
    await underWay
    const together = merge(gathered)
    gathered = []
    next = undefined
    const mine = store.save(together)
    underWay = mine
    await mine
    if (underWay === mine) underWay = undefined
  }

  return {
    save: changes => {
      gathered.push(changes)
      next ??= commit()
      return next
    },
    pending: () => next ?? underWay,
  }
}

/** The latest value of each. */
function merge(all: readonly Changes[]): Changes {
  const keys = new Map<string, KeyChange>()
  for (const change of all.flatMap(({ keys = [] }) => keys)) keys.set(`${change.type} ${change.id}`, change)
  const creds = all.findLast(one => one.creds !== undefined)?.creds
  return {
    ...(creds === undefined ? {} : { creds }),
    keys: [...keys.values()],
    journal: all.flatMap(({ journal = [] }) => journal),
  }
}
