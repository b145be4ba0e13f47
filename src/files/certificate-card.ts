// The card that tells of a certificate: a picture that says of itself that it is a notice, with a QR code to where the
// certificate can be verified.
import { INK, picture, QUIET } from './picture.ts'

/** What a card shows, as the assessment body wrote it. */
export type CertificateCard = {
  readonly certificate: string
  readonly name: string
  /** With the level. */
  readonly trade: string
  readonly issued: string | null
  readonly validUntil: string | null
  /** The QR code's content. */
  readonly verify: string
}

/** The card as a PNG. */
export const certificatePicture = ({ certificate, name, trade, issued, validUntil, verify }: CertificateCard) =>
  picture([
    { text: 'PEMBERITAHUAN, BUKAN SERTIFIKAT', size: 34, colour: INK, most: 2, after: 18 },
    { text: name, size: 48, colour: INK, most: 3 },
    { text: trade, size: 34, colour: QUIET, most: 3, after: 12 },
    { text: `Nomor sertifikat: ${certificate}`, size: 34, colour: INK, most: 3 },
    ...(issued ? [{ text: `Terbit: ${issued}`, size: 30, colour: QUIET, most: 2 }] : []),
    ...(validUntil ? [{ text: `Berlaku sampai: ${validUntil}`, size: 34, colour: INK, most: 2, after: 12 }] : []),
    { code: verify },
    { text: `Cek keaslian sertifikat di ${verify}`, size: 28, colour: QUIET, most: 3 },
  ])
