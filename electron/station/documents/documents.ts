import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { StationSettings } from '../../../shared/models/settings.ts'
import { renderCheckCard } from './check-card.ts'
import { renderCorrectionLetter } from './correction-letter.ts'
import { type DocumentFonts, loadDocumentFonts } from './document-fonts.ts'
import { type CorrectionWishes, cardInputOf, letterInputOf, reportInputOf } from './dossier-to-paper.ts'
import type { DocumentNotice, PrintedDocument } from './pdf-sheet.ts'
import { qrPngOf, readQrPng } from './qr-code.ts'
import { renderReportPdf } from './report-pdf.ts'

/** The provincial cloud takes no report above this size, bytes. */
const largestPdf = 2 * 1024 * 1024

export type DocumentOutcome =
  | { readonly kind: 'printed'; readonly pdf: Buffer; readonly notices: readonly DocumentNotice[] }
  /** The exam has no report to print. */
  | { readonly kind: 'no-report' }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number }

export type Documents = ReturnType<typeof createDocuments>

/** The room that makes papers. It keeps nothing but the fonts, which it reads when the first paper is asked for. */
export function createDocuments(options: { readonly fontFolder?: string | undefined } = {}) {
  let fonts: DocumentFonts | undefined
  const theFonts = () => {
    fonts ??= loadDocumentFonts(options.fontFolder)
    return fonts
  }

  return {
    /** The report in its newest released version. `filmUrl` is printed as QR; without one no QR is printed. */
    async reportPdf(
      dossier: ExamDossier,
      wishes: {
        readonly filmUrl?: string | undefined
        readonly paper?: StationSettings['paper']['report'] | undefined
      } = {},
    ): Promise<DocumentOutcome> {
      if (!dossier.report) return { kind: 'no-report' }
      const { paper = 'A4', filmUrl } = wishes
      return withinLimit(await renderReportPdf(reportInputOf(dossier, dossier.report, { paper, filmUrl }), theFonts()))
    },

    /** `qrPng`: the cloud's QR picture, Base64 or bytes. One that is no PNG is left out, with a notice. */
    async checkCard(
      dossier: ExamDossier,
      wishes: {
        readonly qrPng?: string | Uint8Array | undefined
        readonly paper?: StationSettings['paper']['card'] | undefined
      } = {},
    ): Promise<DocumentOutcome> {
      const { paper = 'receipt-80' } = wishes
      const qrPng = wishes.qrPng === undefined ? undefined : readQrPng(wishes.qrPng)
      const printed = await renderCheckCard(cardInputOf(dossier, { paper, qrPng }), theFonts())
      if (wishes.qrPng === undefined || qrPng) return withinLimit(printed)
      return withinLimit({ ...printed, notices: [...printed.notices, { kind: 'unusable-qr', reason: 'no-png' }] })
    },

    /** 更正函 to a platform that cannot take back what it was sent. */
    correctionLetter: async (dossier: ExamDossier, wishes: CorrectionWishes): Promise<DocumentOutcome> =>
      withinLimit(await renderCorrectionLetter(letterInputOf(dossier, wishes), theFonts())),

    /** A QR of the text as PNG; undefined where the text is empty or longer than a QR holds. */
    qrPng: (text: string): Promise<Buffer | undefined> => qrPngOf(text),
  }
}

function withinLimit({ pdf, notices }: PrintedDocument): DocumentOutcome {
  if (pdf.length > largestPdf) return { kind: 'too-large', bytes: pdf.length, limit: largestPdf }
  return { kind: 'printed', pdf, notices }
}
