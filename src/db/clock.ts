// The house's clock within a statement.
import { sql } from 'kysely'

/**
 * A common table: `with ${clock} … select at from clock`. Read once, so that all rows of a statement have one time; a
 * plain app_now() would be called for every row.
 */
export const clock = sql`clock as materialized (select app_now() as at)`
