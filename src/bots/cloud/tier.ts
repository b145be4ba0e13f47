// To how many people a number may write unasked in 24 hours, by the tier that Meta names.

/** What a new business may do. */
export const LEAST_PER_DAY = 250
/** No limit: more than there are people to write to, and what a column of PostgreSQL holds. */
export const ANY_NUMBER = 2 ** 31 - 1

/** TIER_250, TIER_2K, TIER_10K, TIER_100K, TIER_UNLIMITED; an unknown one is read as the least. */
export function readTier(tier: string | undefined): number {
  if (tier === 'TIER_UNLIMITED') return ANY_NUMBER
  const [, n, thousand] = /^TIER_(\d+)(K?)$/.exec(tier ?? '') ?? []
  return n ? Number(n) * (thousand ? 1000 : 1) : LEAST_PER_DAY
}
