// Many rows as one table in a statement: one array parameter a column, whatever the number of rows.
import { type RawBuilder, sql } from 'kysely'

type ColumnType = 'uuid' | 'text' | 'bytea' | 'timestamptz' | 'int' | 'bigint' | 'boolean'
type Column = { readonly array: RawBuilder<unknown>; readonly name: string }

/** `select … from ${rowset('t', rows, { id: 'uuid', text: 'text' })}`: the rows as table `t` with these columns. */
export function rowset<Row extends object>(
  alias: string,
  rows: readonly Row[],
  types: { readonly [Name in keyof Row & string]: ColumnType },
): RawBuilder<unknown> {
  const names = Object.keys(types) as (keyof Row & string)[]
  const packed = names.map(name => {
    const values = rows.map(row => row[name])
    return types[name] === 'bytea' ? bytes(name, values as (Uint8Array | null)[]) : plain(name, types[name], values)
  })
  const columns = packed.flatMap(({ columns }) => columns)
  return sql`(
    select ${sql.join(packed.map(({ value }) => value))}
    from unnest(${sql.join(columns.map(({ array }) => array))}) as packed(${sql.join(columns.map(({ name }) => sql.id(name)))})
  ) as ${sql.id(alias)}`
}

const plain = (name: string, type: ColumnType, values: readonly unknown[]) => ({
  columns: [{ name, array: sql`${NEEDS_QUOTES.has(type) ? values : literal(values)}::${sql.raw(type)}[]` }] as Column[],
  value: sql.id(name),
})

const NEEDS_QUOTES = new Set<ColumnType>(['text', 'timestamptz'])

/** An array of what needs no quotes, as PostgreSQL reads it: the driver would look at each value twice. */
const literal = (values: readonly unknown[]): string => `{${values.map(value => value ?? 'null').join()}}`

/** All bytes of a column in one parameter, cut apart by the server: it reads an array of them 40 times slower. */
function bytes(name: string, values: readonly (Uint8Array | null)[]) {
  const [from, size] = [`${name} from`, `${name} size`]
  let next = 1
  const starts = values.map(value => {
    const start = next
    next += value?.length ?? 0
    return start
  })
  return {
    columns: [
      { name: from, array: sql`${literal(starts)}::int[]` },
      { name: size, array: sql`${literal(values.map(value => value?.length))}::int[]` },
    ] as Column[],
    value: sql`substring(${Buffer.concat(values.flatMap(value => value ?? []))}::bytea from ${sql.id(from)} for ${sql.id(size)}) as ${sql.id(name)}`,
  }
}
