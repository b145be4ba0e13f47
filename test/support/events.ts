// Events of a transcript beside the sample: the same programme at another place, in another week, on another clock.

const ELSEWHERE: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  Pasuruan: [],
  Surabaya: [
    [/pasuruan-2025-10/g, 'surabaya-2025-11'],
    [/Kota Pasuruan/g, 'Kota Surabaya'],
    [/Ascent Premier Hotel/g, 'Gedung Serbaguna (contoh)'],
    [/"PSR"/g, '"SBY"'],
    [/2025-10-0([89])/g, '2025-11-0$1'],
  ],
  Jayapura: [
    [/pasuruan-2025-10/g, 'jayapura-2025-10'],
    [/Kota Pasuruan/g, 'Kota Jayapura'],
    [/Ascent Premier Hotel/g, 'Balai Latihan Kerja (contoh)'],
    [/"PSR"/g, '"JYP"'],
    [/Asia\/Jakarta/g, 'Asia/Jayapura'],
    [/\+07:00/g, '+09:00'],
    [/2025-10-08/g, '2025-10-15'],
    [/2025-10-09/g, '2025-10-16'],
  ],
}

/** How the sample becomes the event of this name. */
export const eventAt =
  (name: string) =>
  (file: Record<string, unknown>): unknown => {
    const changes = ELSEWHERE[name]
    if (!changes) throw new Error(`there is no event called ${name}`)
    return JSON.parse(changes.reduce((text, [from, to]) => text.replace(from, to), JSON.stringify(file)))
  }
