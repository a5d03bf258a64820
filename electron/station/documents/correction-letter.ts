import type { Shift } from './check-card-input.ts'
import type { DocumentFonts } from './document-fonts.ts'
import { openPdfSheet, type PrintedDocument } from './pdf-sheet.ts'
import { drawFieldGrid } from './report-field-grid.ts'
import { ink, reportLayouts, rule } from './report-layout.ts'
import type { ReportField } from './report-pdf-input.ts'
import { shiftPages } from './shift-pages.ts'

/** What a letter says to a platform that has no recall. All of it is printed; nothing else has a say in the PDF. */
export type CorrectionLetterInput = {
  readonly institution: { readonly name: string; readonly hospitalCode: string; readonly phone: string }
  /** Whom it goes to: '省影像云'. */
  readonly platform: string
  /** What identifies the exam at the platform, and what was delivered. */
  readonly fields: readonly ReportField[]
  readonly reason: string
  readonly request: string
  readonly writtenBy: string
  /** 'yyyy-MM-dd'. */
  readonly day: string
  readonly createdAt: number
  /** For a printer, never for what is shown. */
  readonly shift: Shift
}

/** Points that the statement and the signatures take: they stay together, so that no stamp stands on a page by itself. */
const closing = 150

/** 更正函: says which delivered exam is wrong, why, and what the platform is asked to do. Signed and stamped by hand. */
export async function renderCorrectionLetter(
  input: CorrectionLetterInput,
  fonts: DocumentFonts,
): Promise<PrintedDocument> {
  const layout = reportLayouts['A4-portrait']
  const { size, top, bottom, text, side, width } = layout
  const sheet = openPdfSheet({
    size,
    margins: { top, bottom, left: side, right: side },
    fonts,
    title: '检查上传更正函',
    author: input.institution.name,
    createdAt: input.createdAt,
  })
  const { doc } = sheet
  shiftPages(sheet, input.shift)
  const paragraph = (words: string, weight: 'regular' | 'bold' = 'regular') => {
    sheet.pen(weight, text + 0.5, ink).text(sheet.printable(words), side, doc.y, { width, lineGap: 4 })
    doc.y += 8
  }

  sheet.pen('bold', 15).text(sheet.printable(input.institution.name), side, top, { width, align: 'center' })
  sheet.pen('bold', 19).text('检查上传更正函', side, doc.y + 6, { width, align: 'center' })
  doc.y += 14
  rule(sheet, layout, doc.y)
  doc.y += 14
  paragraph(`致：${input.platform}`, 'bold')
  paragraph('我单位上传至贵平台的下列检查有误。贵平台接口没有撤回功能，特以本函申请更正：')
  drawFieldGrid(sheet, input.fields, { x: side, width, columns: 3 })
  doc.y += 6
  rule(sheet, layout, doc.y)
  doc.y += 14
  paragraph('一、更正原因', 'bold')
  paragraph(input.reason)
  paragraph('二、请求事项', 'bold')
  paragraph(
    input.request ||
      '请将上述检查的索引、影像和报告标记为作废，不再向患者和其他医疗机构展示。更正后的检查由我单位重新上传。',
  )
  if (doc.y + closing > size[1] - bottom) doc.addPage()
  paragraph('三、说明', 'bold')
  paragraph('本函所列内容由我单位核对无误，由此产生的责任由我单位承担。')
  doc.y += 40
  const column = { width: width / 2 - 10 }
  const y = doc.y
  sheet.pen('regular', text + 0.5).text(sheet.printable(`经办人：${input.writtenBy}`), side, y, column)
  sheet.pen('regular', text + 0.5).text(`联系电话：${sheet.printable(input.institution.phone)}`, side, y + 24, column)
  sheet.pen('regular', text + 0.5).text('单位（盖章）：', side + width / 2, y, column)
  sheet.pen('regular', text + 0.5).text(`日期：${input.day}`, side + width / 2, y + 24, column)
  return sheet.finish()
}
