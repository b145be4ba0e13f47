// The cards beside the phones: who the person is, what is stored about them, what was sent to them.
import { ActionIcon, Badge, CopyButton, Paper, SegmentedControl, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Look, Person, PersonView, Sent, Stored } from '../simulator/view.ts'
import classes from './cards.module.css'
import { Face } from './face.tsx'
import { Icon } from './icon.tsx'
import { APP_NAMES } from './phone.tsx'
import { date, hour } from './times.ts'

export function PersonCard({ person }: { readonly person: Person }) {
  const facts: readonly [string, string][] = [
    ['NIK', person.nik],
    ['Nomor HP', person.phone],
    ['Lahir', person.birthDate.split('-').reverse().join('-')],
  ]
  return (
    <Card title="Orang rekaan" note="Nama, NIK dan nomor ini dikarang, bukan milik siapa pun.">
      <div className={classes.person}>
        <Face name={person.name} size={44} />
        <strong>{person.name}</strong>
      </div>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
            <CopyButton value={value}>
              {({ copied, copy }) => (
                <ActionIcon
                  variant="subtle"
                  size="sm"
                  aria-label={`Salin ${label}`}
                  title={`Salin ${label}`}
                  onClick={copy}
                >
                  <Icon name={copied ? 'check' : 'copy'} size={16} />
                </ActionIcon>
              )}
            </CopyButton>
          </div>
        ))}
      </dl>
    </Card>
  )
}

export const HowToCard = () => (
  <Card title="Cara mencoba" note="Semua berjalan di komputer ini; tidak ada pesan yang keluar.">
    <ol className={classes.steps}>
      <li>Tekan MULAI di Telegram, atau kirim “daftar” di WhatsApp.</li>
      <li>Jawab seperti pekerja. Pakai nama, NIK dan nomor di atas; foto contoh ada di tanda klip.</li>
      <li>Datanya muncul di sini selagi percakapan berjalan.</li>
    </ol>
  </Card>
)

type RecordProps = { readonly view: PersonView; readonly look: Look; readonly onLook: (look: Look) => void }

export function RecordCard({ view, look, onLook }: RecordProps) {
  const { stored } = view.chats[look]
  const timezone = view.event?.timezone ?? 'Asia/Jakarta'
  return (
    <Card title="Data tersimpan" note="NIK dan nomor HP disamarkan. Di basis data semuanya tersegel.">
      <SegmentedControl
        fullWidth
        size="xs"
        mb="sm"
        aria-label="Data dari HP"
        value={look}
        onChange={value => onLook(value as Look)}
        data={Object.entries(APP_NAMES).map(([value, label]) => ({ value, label }))}
      />
      {stored ? (
        <StoredView stored={stored} timezone={timezone} />
      ) : (
        <p className={classes.none}>Belum ada. Mulailah percakapan di HP {APP_NAMES[look]}.</p>
      )}
    </Card>
  )
}

const STATUSES: Readonly<Record<string, { label: string; color: string }>> = {
  DRAF: { label: 'Sedang diisi', color: 'gray' },
  BERHENTI: { label: 'Berhenti', color: 'gray' },
  MENUNGGU_VERIFIKASI: { label: 'Menunggu verifikasi', color: 'yellow' },
  DITERIMA: { label: 'Diterima', color: 'green' },
  PERLU_PERBAIKAN: { label: 'Perlu perbaikan', color: 'orange' },
  DITOLAK: { label: 'Ditolak', color: 'red' },
  CADANGAN: { label: 'Cadangan', color: 'blue' },
  MENGUNDURKAN_DIRI: { label: 'Mengundurkan diri', color: 'gray' },
}

function StoredView({ stored, timezone }: { readonly stored: Stored; readonly timezone: string }) {
  const status = STATUSES[stored.status] ?? { label: stored.status, color: 'gray' }
  return (
    <>
      <div className={classes.status}>
        {stored.number && <strong data-testid="number">{stored.number}</strong>}
        <Badge color={status.color} variant="light" size="lg" radius="sm">
          {status.label}
        </Badge>
      </div>
      {stored.why && <p className={classes.why}>{stored.why}</p>}
      {stored.question && (
        <p className={classes.question}>
          Menunggu jawaban: <strong>{stored.question}</strong>
          {stored.waitingSince &&
            `, sejak ${date(stored.waitingSince, timezone)} ${hour(stored.waitingSince, timezone)}`}
        </p>
      )}
      <Table className={classes.table} verticalSpacing={5} horizontalSpacing={0}>
        <Table.Tbody>
          {stored.fields.map(({ label, value, again }) => (
            <Table.Tr key={label}>
              <Table.Th scope="row">{label}</Table.Th>
              <Table.Td data-again={again}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  )
}

const STATES: Readonly<Record<string, { label: string; color: string }>> = {
  queued: { label: 'antre', color: 'gray' },
  claimed: { label: 'diambil', color: 'gray' },
  attempted: { label: 'sedang dikirim', color: 'blue' },
  accepted: { label: 'terkirim', color: 'teal' },
  delivered: { label: 'sampai', color: 'teal' },
  read: { label: 'dibaca', color: 'teal' },
  failed: { label: 'gagal', color: 'red' },
  cancelled: { label: 'dibatalkan', color: 'gray' },
  superseded: { label: 'digantikan', color: 'gray' },
  expired: { label: 'kedaluwarsa', color: 'gray' },
  uncertain: { label: 'tidak pasti', color: 'orange' },
}

export function SentCard({ view, look }: { readonly view: PersonView; readonly look: Look }) {
  const { sent } = view.chats[look]
  const timezone = view.event?.timezone ?? 'Asia/Jakarta'
  if (sent.length === 0) return null
  return (
    <Card title="Catatan pengiriman" note="Setiap pesan yang keluar dicatat sekali, tanpa isinya.">
      <ul className={classes.sent}>
        {sent.map(row => (
          <SentRow key={row.id} row={row} timezone={timezone} />
        ))}
      </ul>
    </Card>
  )
}

function SentRow({ row, timezone }: { readonly row: Sent; readonly timezone: string }) {
  const state = STATES[row.state] ?? { label: row.state, color: 'gray' }
  return (
    <li>
      <span>{hour(row.at, timezone)}</span>
      <span>{row.purpose === 'reply' ? 'balasan' : row.purpose}</span>
      <Badge color={state.color} variant="light" size="sm" title={row.why ?? ''}>
        {state.label}
      </Badge>
    </li>
  )
}

const Card = ({
  title,
  note,
  children,
}: {
  readonly title: string
  readonly note: string
  readonly children: ReactNode
}) => (
  <Paper component="section" className={classes.card} radius="lg" aria-label={title}>
    <h2>{title}</h2>
    {children}
    <p className={classes.note}>{note}</p>
  </Paper>
)
