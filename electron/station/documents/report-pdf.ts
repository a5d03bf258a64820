import type { DocumentFonts } from './document-fonts.ts'
import { openPdfSheet, type PdfSheet, type PrintedDocument } from './pdf-sheet.ts'
import { drawFieldGrid } from './report-field-grid.ts'
import { drawReportHead, drawRunningLines } from './report-head.ts'
import { ink, type ReportLayout, red, reportLayouts, rule } from './report-layout.ts'
import type { ReportPdfInput, ReportSection } from './report-pdf-input.ts'
import { drawPictures } from './report-pictures.ts'
import { drawSignatures } from './report-signatures.ts'
import { shiftPages } from './shift-pages.ts'

/** The report as PDF, on the first of its papers that no other beats by fewer pages. Pure: the same input gives the same bytes. */
export async function renderReportPdf(input: ReportPdfInput, fonts: DocumentFonts): Promise<PrintedDocument> {
  let best: (PrintedDocument & { readonly pages: number }) | undefined
  for (const paper of input.papers) {
    const tried = await renderOn(reportLayouts[paper], input, fonts)
    if (!best || tried.pages < best.pages) best = tried
    if (best.pages === 1) break
  }
  if (!best) throw new Error('a report needs a paper')
  return { pdf: best.pdf, notices: best.notices }
}

async function renderOn(layout: ReportLayout, input: ReportPdfInput, fonts: DocumentFonts) {
  const sheet = openPdfSheet({
    size: layout.size,
    margins: { top: layout.top, bottom: layout.bottom, left: layout.side, right: layout.side },
    fonts,
    title: `${input.title} ${input.accessionNumber}`,
    author: input.institution.name,
    createdAt: input.createdAt,
  })
  shiftPages(sheet, input.shift)
  await sheet.embedInk([input.letterhead.logo, input.reportDoctor.picture, input.auditDoctor.picture])
  drawReportHead(sheet, input, layout)
  drawFieldGrid(sheet, input.fields, { x: layout.side, width: layout.width, columns: layout.columns })
  rule(sheet, layout, sheet.doc.y)
  drawPictures(sheet, input.pictures, layout, input.imagesPerRow)
  drawSection(sheet, layout, input.findings, [])
  drawSection(sheet, layout, input.impression, marksOf(input))
  if (input.advice) drawSection(sheet, layout, input.advice, [])
  drawSignatures(sheet, input, layout)
  drawRunningLines(sheet, input, layout)
  const pages = sheet.doc.bufferedPageRange().count
  return { ...(await sheet.finish()), pages }
}

type Mark = { readonly text: string; readonly colour: string }

function marksOf(input: ReportPdfInput): readonly Mark[] {
  return [
    ...(input.critical ? [{ text: '危急值', colour: red }] : []),
    ...(input.result === 'positive' ? [{ text: '阳性', colour: ink }] : []),
    ...(input.result === 'negative' ? [{ text: '阴性', colour: ink }] : []),
  ]
}

function drawSection(sheet: PdfSheet, layout: ReportLayout, section: ReportSection, marks: readonly Mark[]): void {
  const { doc } = sheet
  const { side, width } = layout
  const limit = layout.size[1] - layout.bottom
  // A heading never stands alone at the foot of a page.
  if (doc.y + layout.gap + 52 > limit) doc.addPage()
  else doc.y += layout.gap
  const top = doc.y
  sheet.pen('bold', layout.text + 1).text(sheet.printable(section.label), side, top, { width, lineBreak: false })
  let x = side + doc.widthOfString(section.label) + 12
  for (const mark of marks) {
    const wide = sheet.pen('bold', layout.text - 1.5, mark.colour).widthOfString(mark.text) + 10
    doc.text(mark.text, x + 5, top + 1.6, { lineBreak: false })
    doc
      .roundedRect(x, top + 1, wide, layout.text + 4, 2)
      .lineWidth(0.7)
      .strokeColor(mark.colour)
      .stroke()
    x += wide + 6
  }
  doc.y = top + (layout.text + 1) * 1.45 + 5
  const text = sheet.printable(section.text).trim() || '—'
  sheet.pen('regular', layout.text)
  for (const paragraph of text.split('\n')) {
    if (paragraph.trim() === '') doc.y += layout.text * 0.6
    else doc.text(paragraph.trimEnd(), side, doc.y, { width, lineGap: layout.text * 0.22 })
  }
}
