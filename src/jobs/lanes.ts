// Lanes: tasks of one key one after another, those of different keys side by side, so many at once.

export type Lanes = {
  /** Runs the task when its turn in its lane has come. */
  readonly run: <T>(key: string, task: () => Promise<T>) => Promise<T>
  /** Whether something of this key waits or runs. */
  readonly busy: (key: string) => boolean
  /** How many tasks wait or run. */
  readonly load: () => number
}

/** `emptied` hears of a lane that has nothing left, before its last task's promise resolves. */
export function createLanes(width: number, emptied: (key: string) => void): Lanes {
  /** A task of a lane: does its work, then gives back how to tell. */
  type Step = () => Promise<() => void>
  const lanes = new Map<string, Step[]>()
  const ready: string[] = []
  let running = 0
  let load = 0

  function start(): void {
    while (running < width) {
      const key = ready.shift()
      if (key === undefined) return
      running++
      void drain(key, lanes.get(key) as Step[])
    }
  }

  async function drain(key: string, lane: Step[]): Promise<void> {
    for (let step = lane[0]; step; step = lane[0]) {
      const tell = await step()
      lane.shift()
      load--
      if (lane.length === 0) {
        lanes.delete(key)
        emptied(key)
      }
      tell()
    }
    running--
    start()
  }

  return {
    run: (key, task) =>
      new Promise((resolve, reject) => {
        const step: Step = () =>
          task().then(
            value => () => resolve(value),
            error => () => reject(error),
          )
        load++
        const lane = lanes.get(key)
        if (lane) lane.push(step)
        else {
          lanes.set(key, [step])
          ready.push(key)
        }
        start()
      }),
    busy: key => lanes.has(key),
    load: () => load,
  }
}
