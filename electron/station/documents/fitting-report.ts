import type { KeyPicture } from '../../../shared/models/key-picture.ts'
import type { PrintedDocument } from './pdf-sheet.ts'

/** What of the room that pictures have is given to them, from try to try: JPEGs do not end up at the byte. */
const shares = [0.95, 0.7, 0.45]

/** A paper of at most `limit` bytes where shrinking its pictures, quality first, makes that possible; else the last one tried. */
export async function fittingReport(
  render: (pictures: readonly KeyPicture[]) => Promise<PrintedDocument>,
  pictures: readonly KeyPicture[],
  limit: number,
  shrink: ((picture: KeyPicture, bytes: number) => Promise<KeyPicture | undefined>) | undefined,
): Promise<PrintedDocument> {
  let printed = await render(pictures)
  if (printed.pdf.length <= limit || pictures.length === 0 || !shrink) return printed
  const weight = pictures.reduce((sum, picture) => sum + picture.jpeg.length, 0)
  const room = limit - (printed.pdf.length - weight)
  for (const share of shares) {
    const each = Math.floor((room * share) / pictures.length)
    if (each < 2000) break
    const smaller = await Promise.all(pictures.map((picture) => shrink(picture, each)))
    printed = await render(smaller.map((picture, index) => picture ?? pictures[index]!))
    if (printed.pdf.length <= limit) break
  }
  return printed
}
