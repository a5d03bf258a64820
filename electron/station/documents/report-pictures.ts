import type { KeyPicture } from '../../../shared/models/key-picture.ts'
import type { PaperSettings } from '../../../shared/models/printing.ts'
import type { PdfSheet } from './pdf-sheet.ts'
import { grey, hairline, type ReportLayout } from './report-layout.ts'

const gap = 10
const captionSize = 8.5

/** How many images stand in a row when nobody said how many: rows as full and images as large as can be. */
export function perRowFor(count: number, wish: PaperSettings['imagesPerRow'], isWide = false): number {
  if (wish !== 'auto') return Math.min(Number(wish), count)
  // A page on its side has little height.
  if (isWide) return Math.min(count, 4)
  if (count <= 1) return 1
  if (count === 2 || count === 4) return 2
  return count <= 6 ? 3 : 4
}

/** Key images in rows from `doc.y` on, each whole with its caption under it; a row that has no room begins a page. */
export function drawPictures(
  sheet: PdfSheet,
  pictures: readonly KeyPicture[],
  layout: ReportLayout,
  wish: PaperSettings['imagesPerRow'],
): void {
  if (pictures.length === 0) return
  const { doc } = sheet
  const perRow = perRowFor(pictures.length, wish, layout.size[0] > layout.size[1])
  const cell = (layout.width - (perRow - 1) * gap) / perRow
  const tallest = layout.picture[perRow - 1] ?? layout.picture[0]
  const hasCaptions = pictures.some((picture) => picture.caption !== '')
  const caption = hasCaptions ? captionSize * 1.448 + 2 : 0
  const limit = layout.size[1] - layout.bottom
  doc.y += layout.gap * 0.7
  for (let start = 0; start < pictures.length; start += perRow) {
    const row = pictures.slice(start, start + perRow)
    const height = Math.max(...row.map((one) => heightIn(one, cell, tallest)))
    if (doc.y + height + caption > limit) {
      doc.addPage()
      doc.y = layout.top
    }
    const top = doc.y
    // A row that is not full stands in the middle.
    const left = layout.side + (layout.width - row.length * cell - (row.length - 1) * gap) / 2
    row.forEach((picture, index) => {
      const high = heightIn(picture, cell, tallest)
      const wide = (high * picture.width) / picture.height
      const x = left + index * (cell + gap) + (cell - wide) / 2
      const y = top + (height - high) / 2
      doc.image(Buffer.from(picture.jpeg), x, y, { width: wide, height: high })
      doc.rect(x, y, wide, high).lineWidth(0.5).strokeColor(hairline).stroke()
      if (picture.caption === '') return
      const place = {
        width: cell,
        height: captionSize * 1.5,
        align: 'center',
        ellipsis: true,
        lineBreak: true,
      } as const
      const words = sheet.printable(picture.caption)
      sheet.pen('regular', captionSize, grey).text(words, left + index * (cell + gap), top + height + 2, place)
    })
    doc.y = top + height + caption + 6
  }
}

/** As large as the cell allows, never taller than `tallest`. */
function heightIn({ width, height }: KeyPicture, cell: number, tallest: number): number {
  return Math.min(tallest, (cell * height) / width)
}
