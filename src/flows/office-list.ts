// A list of nominees on its way: a verdict for every line, corrections by number, and saving all of it or nothing.

import { trades } from '../domain/catalogue.ts'
import { maskNik } from '../domain/nik.ts'
import { type ListLine, MOST_LINES, readNominee } from '../domain/nominee-list.ts'
import { maskLocal } from '../domain/phone.ts'
import type { Read } from '../domain/read.ts'
import { words } from '../domain/words.ts'
import { acronym, closedText, type Desk, type Move, noting } from './office-desk.ts'
import type { NomineeFact, OfficeOutcome, Verdict, View } from './office-types.ts'
import { passedOn } from './office-view.ts'
import { onClock, say, sayDate, sayReason } from './speak.ts'
import type { Reply } from './types.ts'

type Judged = Extract<OfficeOutcome, { readonly kind: 'office_judge' }>

/** As many lines as one message shows. */
const A_MESSAGE = 40

const tell = (desk: Desk, ...texts: readonly string[]): Move => ({
  state: desk.state,
  replies: texts.map(text => ({ text })),
})
const day = (desk: Desk) => (instant: string) => sayDate(desk.lang, onClock(desk.event, instant).date)

/** A list is read and judged against what is stored; nothing is saved yet. */
export function hearList(desk: Desk, read: () => Read<readonly ListLine[]>, sheet: boolean): Move {
  const outcome = desk.facts.outcomes.find(one => one.kind === 'office_judge')
  if (outcome) return judged(desk, outcome, sheet)
  const closed = closedText(desk, day(desk))
  if (closed) return tell(desk, closed)
  const list = read()
  if (!list.ok) {
    const why = list.reason === 'LIST_OVER_QUOTA' ? 'office_too_long' : 'office_empty'
    return tell(desk, say(desk.lang, why, { most: MOST_LINES, lines: list.detail?.lines ?? 0 }))
  }
  const lines = withDraft(desk, list.value)
  return lines.length > MOST_LINES
    ? tell(desk, say(desk.lang, 'office_too_long', { most: MOST_LINES, lines: lines.length }))
    : judge(desk, lines)
}

/** What is sent while a list waits goes on with it: a line of a name that is in it once takes that line's place. */
function withDraft({ state }: Desk, fresh: readonly ListLine[]): readonly ListLine[] {
  const lines = [...(state.office?.draft?.lines ?? [])]
  if (lines.length === 0) return fresh
  const nameOf = ({ name }: ListLine) => words(name ?? '')
  const whole = (line: ListLine) => `${nameOf(line)} ${line.phone} ${line.nik}`
  const known = new Set(lines.map(whole))
  const byName = Map.groupBy([...lines, ...fresh], nameOf)
  for (const line of fresh) {
    if (line.name && known.has(whole(line))) continue
    const same = byName.get(nameOf(line)) ?? []
    const at = line.name && same.length === 2 ? lines.indexOf(same[0] as ListLine) : -1
    if (at >= 0) lines[at] = line
    else lines.push(line)
  }
  return lines
}

const judge = (desk: Desk, lines: readonly ListLine[]): Move => ({
  state: desk.state,
  asks: [{ kind: 'office_judge', event: desk.office.event, lines: lines.map((line, i) => ({ ...line, n: i + 1 })) }],
})

/** The verdicts, and how to go on. */
export function judged(desk: Desk, { lines, verdicts }: Judged, sheet = false): Move {
  const { lang } = desk
  const news = sheet ? lines : toldAnew(desk, lines)
  const told = news.map(line => lineText(desk, line, verdicts[line.n - 1] as Verdict))
  const parts = Array.from({ length: Math.max(1, Math.ceil(told.length / A_MESSAGE)) }, (_, i) =>
    told.slice(i * A_MESSAGE, (i + 1) * A_MESSAGE).join('\n'),
  )
  const fresh = verdicts.filter(({ verdict }) => verdict === 'new' || verdict === 'reserve' || verdict === 'checking')
  const nameless = lines.filter((_, i) => verdicts[i]?.verdict === 'nameless').map(({ n }) => n)
  const full = lines.filter((_, i) => verdicts[i]?.verdict === 'full').map(({ n }) => n)
  const blocked = [
    nameless.length ? say(lang, 'list_nameless', { lines: ranges(nameless), n: nameless[0] ?? 0 }) : '',
    full.length ? say(lang, 'list_full', { lines: ranges(full) }) : '',
  ].filter(Boolean)
  const how =
    blocked.length > 0
      ? blocked.join('\n')
      : fresh.length > 0
        ? `${say(lang, 'list_save', { n: fresh.length })}\n${say(lang, 'list_correct')}`
        : say(lang, 'list_nothing_new')
  const texts = parts.map((part, i) => {
    const first = news[i * A_MESSAGE]?.n ?? 0
    const last = news[Math.min(news.length, (i + 1) * A_MESSAGE) - 1]?.n ?? 0
    const head = i === 0 ? heading(desk, lines) : ''
    const progress = parts.length > 1 ? say(lang, 'list_part', { first, last, total: lines.length }) : ''
    return [head, progress, part].filter(Boolean).join('\n')
  })
  const replies: Reply[] = [...texts, how].map(text => ({ text }))
  if (sheet) replies.splice(-1, 0, annotated(desk, lines, verdicts))
  const keeps = fresh.length > 0 || blocked.length > 0
  const state = noting(desk, keeps ? { draft: { lines, at: desk.facts.now } } : {})
  return { state, replies }
}

/** Of a long list that is known already only what is new in it. */
function toldAnew({ state }: Desk, lines: readonly ListLine[]): readonly ListLine[] {
  const known = new Set((state.office?.draft?.lines ?? []).map(({ said }) => said))
  return known.size > 0 && lines.length > A_MESSAGE ? lines.filter(({ said }) => !known.has(said)) : lines
}

/** How many lines there are now, and how many were added to a list that waits. */
function heading({ lang, state }: Desk, { length: n }: readonly ListLine[]): string {
  const before = state.office?.draft?.lines.length ?? 0
  const added = before > 0 ? n - before : 0
  return added > 0 ? say(lang, 'list_added', { n, added }) : say(lang, 'list_read', { n })
}

/** The file as it was read, with the verdict behind each line; no NIK stands in full in what we send. */
const annotated = (desk: Desk, lines: readonly ListLine[], verdicts: readonly Verdict[]): Reply => ({
  text: say(desk.lang, 'list_file'),
  table: {
    name: 'usulan-diperiksa.xlsx',
    rows: [
      ['No', 'Nama', 'NIK', 'No HP', 'Jabatan kerja', 'Catatan'],
      ...lines.map((line, i) => [
        String(line.n),
        line.name ?? line.said,
        line.nik ? maskNik(line.nik) : '',
        line.phone ?? '',
        tradeName(line.trade),
        [verdictText(desk, verdicts[i] as Verdict), ...remarks(desk, line)].filter(Boolean).join('; '),
      ]),
    ],
  },
})

const tradeName = (id: string | undefined): string => trades.find(trade => trade.id === id)?.name ?? ''

function lineText(desk: Desk, line: ListLine, verdict: Verdict): string {
  const given = [
    line.nik && `NIK ${maskNik(line.nik)}`,
    line.phone && `HP ${maskLocal(line.phone)}`,
    tradeName(line.trade),
  ]
  const notes = QUIET.has(verdict.verdict) ? [] : remarks(desk, line)
  const told = [line.name ?? `"${line.said.slice(0, 40)}"`, ...given].filter(Boolean).join(', ')
  return `${line.n}. ${told} → ${[verdictText(desk, verdict), ...notes].join('; ')}`
}

const verdictText = ({ lang }: Desk, { verdict, of = 0 }: Verdict): string =>
  say(lang, verdict === 'full' && of === 0 ? 'verdict_no_reserve' : `verdict_${verdict}`, { n: of })

/** Nothing comes of these: what they lack is of no matter. */
const QUIET = new Set(['nameless', 'same', 'known'])

/** What is missing or could not be read; it doesn't stand in the way. */
function remarks({ lang }: Desk, line: ListLine): string[] {
  const unread = line.warn.filter(one => SAID.test(one)).map(one => shortReason(lang, one, line.digits ?? 0))
  const missing = [
    line.phone || line.warn.some(one => one.startsWith('PHONE') || one === 'WRONG_FIELD_PHONE')
      ? ''
      : say(lang, 'remark_no_phone'),
    line.nik || line.warn.some(one => one.startsWith('NIK')) ? '' : say(lang, 'remark_no_nik'),
  ]
  return [...unread, ...missing].filter(Boolean)
}

const SAID = /^(?:PHONE_(?!FOREIGN)|NIK_(?!DOB|SEX)|TRADE_|DATE_|NAME_)/

function shortReason(lang: Desk['lang'], reason: string, digits: number): string {
  if (reason === 'NIK_LENGTH') return say(lang, 'remark_nik_digits', { digits })
  if (reason.startsWith('TRADE')) return say(lang, 'remark_trade')
  if (reason.startsWith('DATE')) return say(lang, 'remark_date')
  if (reason.startsWith('PHONE')) return say(lang, 'remark_phone')
  if (reason === 'NIK_SCIENTIFIC') return say(lang, 'remark_nik_lost')
  return reason.startsWith('NIK') ? say(lang, 'remark_nik') : sayReason(lang, reason)
}

/** "3, 5-7" */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const n of numbers) {
    const last = runs.at(-1)
    if (last && last[1] === n - 1) last[1] = n
    else runs.push([n, n])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
}

/** Another text for one line of the draft. */
export function correct(desk: Desk, n: number, text: string): Move {
  const lines = desk.state.office?.draft?.lines ?? []
  const outcome = desk.facts.outcomes.find(one => one.kind === 'office_judge')
  if (outcome) return judged(desk, outcome)
  if (n < 1 || n > lines.length) return tell(desk, say(desk.lang, 'no_such_number', { n, total: lines.length }))
  const line = readNominee(text, { today: desk.event.dateStart }, n)
  return judge(
    desk,
    lines.map(one => (one.n === n ? line : one)),
  )
}

/** Leaves lines out of the draft. */
export function strike(desk: Desk, numbers: readonly number[]): Move {
  const outcome = desk.facts.outcomes.find(one => one.kind === 'office_judge')
  if (outcome) return judged(desk, outcome)
  const left = (desk.state.office?.draft?.lines ?? []).filter(({ n }) => !numbers.includes(n))
  return left.length > 0 ? judge(desk, left) : dropDraft(desk)
}

export const dropDraft = (desk: Desk): Move =>
  desk.state.office?.draft || desk.state.office?.asking
    ? { ...tell(desk, say(desk.lang, 'list_dropped')), state: noting(desk, {}) }
    : tell(desk, say(desk.lang, 'office_help'))

/** A list waits for its YA, perhaps since yesterday. */
export function remindDraft(desk: Desk): Move {
  const draft = desk.state.office?.draft
  const when = draft ? onClock(desk.event, draft.at) : undefined
  return tell(
    desk,
    say(desk.lang, 'list_waits', {
      n: draft?.lines.length ?? 0,
      when: when ? `${sayDate(desk.lang, when.date)}, ${when.time} ${when.zone}` : '',
    }),
  )
}

/** YA: all of it is saved, or nothing. */
export function save(desk: Desk): Move {
  const { lang, state, office } = desk
  const lines = state.office?.draft?.lines ?? []
  const nameless = lines.filter(line => !line.name).map(({ n }) => n)
  if (nameless.length) return tell(desk, say(lang, 'list_nameless', { lines: ranges(nameless), n: nameless[0] ?? 0 }))
  const closed = closedText(desk, day(desk))
  if (closed) return tell(desk, closed)
  const outcome = desk.facts.outcomes.find(one => one.kind === 'office_save')
  if (!outcome) return { state, asks: [{ kind: 'office_save', event: office.event, lines }] }
  if (outcome.full > 0) return tell(desk, say(lang, 'list_overfull', { n: outcome.full }))
  if (outcome.saved.length === 0) return { ...tell(desk, say(lang, 'list_nothing_new')), state: noting(desk, {}) }
  return { state: noting(desk, {}), replies: savedReplies(desk, outcome.saved, outcome.view) }
}

/** What was saved, and a message for each to be passed on. */
export function savedReplies(desk: Desk, saved: readonly NomineeFact[], view: View): Reply[] {
  const { lang } = desk
  const reserves = saved.filter(({ reserve }) => reserve !== null).length
  const checking = saved.filter(({ state }) => state === 'DIPERIKSA')
  const invited = saved.filter(one => !checking.includes(one))
  return [
    {
      text: [
        say(lang, 'list_saved', { n: saved.length, association: acronym(desk.office.association) }),
        reserves ? say(lang, 'list_saved_reserve', { n: reserves }) : '',
        checking.length ? say(lang, 'list_saved_checking', { names: checking.map(({ name }) => name).join(', ') }) : '',
        invited.length ? say(lang, 'list_forward') : '',
      ]
        .filter(Boolean)
        .join('\n'),
    },
    ...invited.map(one => passedOn(desk, one, view)),
  ]
}
