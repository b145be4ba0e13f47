// An ordinary worker: what most people answer, question by question.

/** The answers of an ordinary worker, question by question. */
export const ORDINARY: Readonly<Record<string, string>> = {
  consent: 'setuju',
  name: 'Budi Santoso',
  nik: '3575011708859001',
  nik_ok: 'ya',
  birth_place: 'Pasuruan',
  phone: '083600000017',
  address: 'Jl. Erlangga No. 156 RT 05 RW 01, Sekargadung, Purworejo, Kota Pasuruan',
  association: 'gapensi',
  trade: 'tukang batu',
  experience: '5 tahun',
  education: 'SMP',
  ktp: 'lewati',
  portrait: 'lewati',
  diploma: 'lewati',
  confirm: 'YA',
}
