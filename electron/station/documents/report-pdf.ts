import type { DocumentFonts } from './document-fonts.ts'
import { openPdfSheet, type PdfSheet, type PrintedDocument } from './pdf-sheet.ts'
import { drawFieldGrid } from './report-field-grid.ts'
import { drawReportHead, drawRunningLines } from './report-head.ts'
import { ink, red, reportPapers, rule, side, width } from './report-layout.ts'
import type { ReportPdfInput, ReportSection } from './report-pdf-input.ts'
import { drawSignatures } from './report-signatures.ts'

/** The report as PDF. Pure: the same input gives the same bytes. */
export async function renderReportPdf(input: ReportPdfInput, fonts: DocumentFonts): Promise<PrintedDocument> {
  const paper = reportPapers[input.paper]
  const sheet = openPdfSheet({
    size: paper.size,
    margins: { top: paper.top, bottom: paper.bottom, left: side, right: side },
    fonts,
    title: `${input.title} ${input.accessionNumber}`,
    author: input.institution.name,
    createdAt: input.createdAt,
  })
  drawReportHead(sheet, input)
  drawFieldGrid(sheet, input.fields, { x: side, width, gap: paper.gap })
  rule(sheet, sheet.doc.y)
  drawSection(sheet, input, input.findings, [])
  drawSection(sheet, input, input.impression, marksOf(input))
  if (input.advice) drawSection(sheet, input, input.advice, [])
  drawSignatures(sheet, input)
  drawRunningLines(sheet, input)
  return sheet.finish()
}

type Mark = { readonly text: string; readonly colour: string }

function marksOf(input: ReportPdfInput): readonly Mark[] {
  return [
    ...(input.critical ? [{ text: '危急值', colour: red }] : []),
    ...(input.result === 'positive' ? [{ text: '阳性', colour: ink }] : []),
    ...(input.result === 'negative' ? [{ text: '阴性', colour: ink }] : []),
  ]
}

function drawSection(sheet: PdfSheet, input: ReportPdfInput, section: ReportSection, marks: readonly Mark[]): void {
  const { doc } = sheet
  const paper = reportPapers[input.paper]
  const limit = paper.size[1] - paper.bottom
  // A heading never stands alone at the foot of a page.
  if (doc.y + paper.gap + 52 > limit) doc.addPage()
  else doc.y += paper.gap
  const top = doc.y
  sheet.pen('bold', paper.text + 1).text(section.label, side, top, { width, lineBreak: false })
  let x = side + doc.widthOfString(section.label) + 12
  for (const mark of marks) {
    const wide = sheet.pen('bold', paper.text - 1.5, mark.colour).widthOfString(mark.text) + 10
    doc.text(mark.text, x + 5, top + 1.6, { lineBreak: false })
    doc
      .roundedRect(x, top + 1, wide, paper.text + 4, 2)
      .lineWidth(0.7)
      .strokeColor(mark.colour)
      .stroke()
    x += wide + 6
  }
  doc.y = top + (paper.text + 1) * 1.45 + 5
  const text = sheet.printable(section.text).trim() || '—'
  sheet.pen('regular', paper.text)
  for (const paragraph of text.split('\n')) {
    if (paragraph.trim() === '') doc.y += paper.text * 0.6
    else doc.text(paragraph.trimEnd(), side, doc.y, { width, lineGap: paper.text * 0.22 })
  }
}
