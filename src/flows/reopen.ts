// An organiser's return of a registration: what he complains of is asked again.
import type { Flow } from './flow.ts'
import { askAgain, CONFIRM } from './progress.ts'
import { withoutAside } from './step.ts'
import type { State } from './types.ts'

// Words by which a reason names an answer, in the operator's Indonesian or English.
const NAMED: Readonly<Record<string, RegExp>> = {
  name: /\bnama\b(?! asosiasi)|\bname\b/,
  nik: /\bnik\b|\b(?:tanggal|tgl) lahir\b|\bjenis kelamin\b/,
  birth_place: /\btempat lahir\b|\bplace of birth\b/,
  phone: /\b(?:hp|telepon|telpon|wa|whatsapp|phone)\b/,
  address: /\balamat\b|\baddress\b/,
  association: /\basosiasi\b|\bassociation\b/,
  trade: /\bjabatan\b|\btrade\b|\bpekerjaan\b/,
  level: /\bjenjang\b|\blevel\b/,
  experience: /\bpengalaman\b|\bexperience\b/,
  education: /\bpendidikan\b|\beducation\b|\bijazah terakhir\b/,
  ktp: /\b(?:foto|scan|gambar|berkas) (?:e-?)?ktp\b|\b(?:e-?)?ktp(?:nya)? (?:\w+ )?(?:buram|kabur|tidak|kurang|gelap|terpotong|rusak)|\bktp photo\b/,
  portrait: /\b(?:pas ?foto|foto diri|foto wajah|portrait)\b/,
  diploma:
    /\b(?:foto|scan|gambar|berkas) ijazah\b|\bijazah(?:nya)? (?:\w+ )?(?:buram|kabur|tidak|kurang|gelap|terpotong|rusak)|\bdiploma\b/,
}

/**
 * The conversation after a return: the answers the reason names are asked again, the others kept; where it names none,
 * the summary is put, and the person picks the number himself. The reason goes with the question.
 */
export function reopen(flow: Flow, state: State, why: string): State {
  const reason = why.toLowerCase()
  const named = flow.questions.filter(q => NAMED[q.id]?.test(reason))
  const asked = named.reduce((s, q) => askAgain(flow, s, q.id), withoutAside(state))
  const turn = state.turn + 1
  return {
    ...asked,
    done: false,
    idle: false,
    ...(state.done ? { before: state.answers } : {}),
    returned: { why, turn },
    question: named[0]?.id ?? CONFIRM,
    turn,
    asked: turn,
  }
}
