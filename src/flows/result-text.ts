// A result in words: to who is competent with the certificate as a picture, to who is not yet with feedback and rights.
import type { Trade } from '../domain/catalogue.ts'
import { paragraphs } from './put.ts'
import type { ResultFact } from './result-types.ts'
import { say, sayChoice, sayDate } from './speak.ts'
import type { Lang, Option, Reply } from './types.ts'

/** A trade with its level, as it is told. */
export const titled = ({ name, jenjang }: Pick<Trade, 'name' | 'jenjang'>): string => `${name} jenjang ${jenjang}`

/** There is a day before which to remind. */
export const mayRenew = ({ validDay }: ResultFact): boolean => validDay !== null

/** A day in words where it is one, else as the assessment body wrote it. */
export const dayOr = (lang: Lang, written: string, { validDay }: ResultFact): string =>
  validDay === null ? written : sayDate(lang, Temporal.PlainDate.from(validDay))

/** The result in words, with the certificate as a picture. `recorded`: only the certificate is new. */
export function resultReply(lang: Lang, result: ResultFact, recorded = false): Reply {
  const { name, trade, outcome } = result
  const head = recorded ? 'certificate_recorded' : outcome === 'K' ? 'result_K' : 'result_BK'
  const text = paragraphs(
    result.corrected ? say(lang, 'result_corrected') : '',
    say(lang, head, { name, trade }),
    ...(outcome === 'K' ? competent(lang, result) : notYet(lang, result)),
  )
  return result.certificate === null ? { text } : { text, ticket: cardOf(result, result.certificate) }
}

function competent(lang: Lang, result: ResultFact): string[] {
  const { certificate, issued, validUntil, event } = result
  if (certificate === null) return [say(lang, 'certificate_later')]
  return [
    [
      say(lang, 'certificate_number', { certificate }),
      issued ? say(lang, 'certificate_issued', { issued }) : '',
      validUntil ? say(lang, 'certificate_valid', { until: dayOr(lang, validUntil, result) }) : '',
      say(lang, 'certificate_verify', { url: event.verifyUrl }),
    ]
      .filter(Boolean)
      .join('\n'),
    say(lang, 'certificate_notice'),
  ]
}

function notYet(lang: Lang, { feedback, lacking, appealUntil, appealOver, appeal, event }: ResultFact): string[] {
  const until = sayDate(lang, Temporal.PlainDate.from(appealUntil))
  return [
    [
      feedback ? say(lang, 'result_feedback', { feedback }) : '',
      lacking.length ? say(lang, 'result_units', { units: lacking.join(', ') }) : '',
    ]
      .filter(Boolean)
      .join('\n'),
    appeal?.open
      ? say(lang, 'appeal_open', { number: appeal.number })
      : say(lang, appealOver ? 'result_right_over' : 'result_right', { until }),
    event.nextChance ? say(lang, 'result_next', { next: event.nextChance }) : say(lang, 'result_next_ask'),
  ]
}

function cardOf(
  { name, trade, issued, validUntil, event }: ResultFact,
  certificate: string,
): NonNullable<Reply['ticket']> {
  return { certificate, name, trade, issued, validUntil, verify: event.verifyUrl }
}

/** The question that goes with a notice of a certificate; its buttons hold whatever was asked meanwhile. */
export function renewalChoices(
  lang: Lang,
  result: ResultFact,
  turn: number,
): (Pick<Reply, 'options' | 'asked' | 'hint'> & { readonly text: string }) | undefined {
  if (!mayRenew(result) || result.renewal !== null) return undefined
  const options: Option[] = [
    { value: `renew:YES:${result.number}`, label: sayChoice(lang, 'yes') },
    { value: `renew:NO:${result.number}`, label: sayChoice(lang, 'no') },
  ]
  return { text: say(lang, 'renewal_ask'), options, asked: turn, hint: say(lang, 'by_number') }
}
