// How much the fault tests do: a short form in the ordinary suite, the whole of it with `npm run test:faults`.

const whole = process.env.npm_lifecycle_event === 'test:faults'

/** How long PostgreSQL is away. */
export const AWAY_SECONDS = whole ? 60 : 2

/** People who register at once while something breaks. */
export const CROWD = whole ? 50 : 6

/** How long one chat floods. */
export const FLOOD_SECONDS = whole ? 10 : 3

/** People in whose midst the server is killed. */
export const REGISTRATIONS = whole ? 200 : 20
