// Statements that change many rows at once may meet another that takes them in another order: PostgreSQL ends one.

const TRIES = 5

/** Carries out what changes nothing when it fails; once more, a few times, where a deadlock ended it. */
export async function despiteDeadlocks<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      const deadlocked = error instanceof Error && 'code' in error && error.code === '40P01'
      if (!deadlocked || tries === TRIES) throw error
    }
  }
}
