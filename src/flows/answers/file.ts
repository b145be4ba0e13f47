// Photos and scans of documents; what is kept is the id of the stored file.
import { readCommand } from '../../domain/command.ts'
import { got, not } from '../../domain/read.ts'
import { say } from '../speak.ts'
import type { FileFact, Kind, State } from '../types.ts'
import { kind } from './kind.ts'

export type Document = Pick<FileFact, 'id' | 'type'>

const isDocument = (value: unknown): value is Document => typeof (value as Document | null)?.id === 'string'

/** The stored files that a conversation's answers name. */
export const documentsOf = ({ answers }: State): readonly string[] =>
  Object.values(answers).flatMap(({ value }) => (isDocument(value) ? [value.id] : []))

/** A photo (or, unless `photoOnly`, a PDF). A blurred one is asked again once, then taken with a note. */
export const document = (photoOnly = false): Kind<Document> =>
  kind<Document>({
    name: 'document',
    wantsFile: true,
    read: (said, { missed }) => {
      if (said.kind === 'text' && readCommand(said.text).ok) return not('COMMAND')
      if (said.kind !== 'file') return not('FILE_WANTED')
      const { id, type, blurred } = said.file
      if (photoOnly && type !== 'image/jpeg') return not('PORTRAIT_NOT_A_PHOTO')
      if (blurred && missed !== 'FILE_BLURRED') return not('FILE_BLURRED')
      return blurred ? got({ id, type }, 'FILE_BLURRED') : got({ id, type })
    },
    show: (_, { lang }) => say(lang, 'file_sent'),
    accepts: isDocument,
  })
