// How much the fault tests do: all of it, or with CI set a short form.

const whole = !process.env.CI

/** How long PostgreSQL is away. */
export const AWAY_SECONDS = whole ? 60 : 2

/** People who register at once while something breaks. */
export const CROWD = whole ? 50 : 6

/** How long one chat floods. */
export const FLOOD_SECONDS = whole ? 10 : 3

/** People in whose midst the server is killed. */
export const REGISTRATIONS = whole ? 200 : 20
