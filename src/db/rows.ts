// Many rows as one table in a statement: one array parameter a column, whatever the number of rows.
import { type RawBuilder, sql } from 'kysely'

type ColumnType = 'uuid' | 'text' | 'bytea' | 'int' | 'bigint' | 'boolean'

/** `select … from ${rowset('t', rows, { id: 'uuid', text: 'text' })}`: the rows as table `t` with these columns. */
export function rowset<Row extends object>(
  alias: string,
  rows: readonly Row[],
  columns: { readonly [Column in keyof Row & string]: ColumnType },
): RawBuilder<unknown> {
  const names = Object.keys(columns) as (keyof Row & string)[]
  const arrays = names.map(name => sql`${rows.map(row => row[name])}::${sql.raw(columns[name])}[]`)
  return sql`unnest(${sql.join(arrays)}) as ${sql.id(alias)}(${sql.join(names.map(name => sql.id(name)))})`
}
