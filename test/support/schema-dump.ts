// Our tables as text, the same on every PostgreSQL from 15 on: what a reviewer reads when a migration changes them.
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../src/db/schema.ts'

/** Columns, constraints, indexes and functions of the public schema; kysely's own two tables are left out. */
export async function dumpSchema(db: Kysely<Database>): Promise<string> {
  // NOT NULL is printed with its column: as constraints ('n') PostgreSQL has it only from 18 on.
  const { rows } = await sql<{ line: string }>`
    with relation as (
      select oid, relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'
    ), lines (owner, kind, place, line) as (
      select relname, 0, '', 'table ' || relname from relation
      union all
      select relname, 1, to_char(attnum, 'FM000'), '  ' || attname || ' ' || format_type(atttypid, atttypmod)
        || case when attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
      from relation
      join pg_attribute on attrelid = relation.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
      union all
      select relname, 2, conname, '  ' || conname || ': ' || pg_get_constraintdef(pg_constraint.oid)
      from relation join pg_constraint on conrelid = relation.oid where contype <> 'n'
      union all
      select relname, 3, indexrelid::regclass::text, '  ' || pg_get_indexdef(indexrelid)
      from relation join pg_index on indrelid = relation.oid
      where not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
      union all
      select relname, 4, tgname, '  ' || pg_get_triggerdef(pg_trigger.oid)
      from relation join pg_trigger on tgrelid = relation.oid where not tgisinternal
      union all
      select '~' || proname, 0, '', rtrim(pg_get_functiondef(oid)) from pg_proc where pronamespace = 'public'::regnamespace
    )
    select line from lines order by owner collate "C", kind, place collate "C"`.execute(db)
  return `${rows.map(row => row.line.replaceAll(/[ \t]+$/gm, '')).join('\n')}\n`
}
