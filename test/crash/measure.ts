// How much the crash test does: all of it, or with CI set a form of three minutes. And its dice, which a seed repeats.

const short = Boolean(process.env.CI)

export const KILLS = short ? 30 : 150
export const FLUSHES = short ? 2 : 5

/** Between two kills, in milliseconds. */
export const REST_MS: readonly [number, number] = short ? [200, 3_000] : [200, 4_800]

/** People who are reminded three times each. */
export const PEOPLE = short
  ? { onTelegram: 450, onWhatsApp: 40, onCloud: 40 }
  : { onTelegram: 3_100, onWhatsApp: 200, onCloud: 200 }

/** How long PostgreSQL is away, and Telegram refuses every second message. */
export const TROUBLE_SECONDS = short ? 10 : 60

/** `SEED=7 npm run test:crash` rolls the same dice again. */
export const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))

export type Dice = {
  /** A number from `least` to `most`. */
  readonly between: (least: number, most: number) => number
  readonly oneOf: <T>(many: readonly T[]) => T
}

export function createDice(seed: number): Dice {
  // mulberry32: small, and the same on every machine.
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    between: (least, most) => least + next() * (most - least),
    oneOf: many => many[Math.floor(next() * many.length)] as never,
  }
}
