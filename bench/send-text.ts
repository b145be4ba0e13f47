// What the sending benchmarks have in common: an ordinary reminder, and how many messages are in flight at once.
import type { Reply } from '../src/flows/types.ts'

/** As many as our own sending keeps in flight. */
export const WINDOW = 20

export const REMINDER: Reply = {
  text: `Bapak/Ibu Budi, besok Uji Kompetensi Tenaga Kerja Konstruksi 2025.

Registrasi ulang, cek KTP, pembagian perlengkapan: Rabu, 8 Oktober 2025, 07.30 WIB
Tempat: Ballroom Lt. 2 (contoh), Ascent Premier Hotel, Kota Pasuruan

Bawa: KTP asli, HP, Alat tulis, Pas foto 3x4 latar merah (2 lembar), Fotokopi ijazah terakhir.

Apakah Bapak/Ibu bisa hadir?`,
  options: [
    { value: 'attend:HADIR:PSR-00001A', label: 'Bisa hadir' },
    { value: 'attend:TIDAK:PSR-00001A', label: 'Tidak bisa' },
  ],
  asked: 15,
}
