import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { KeyPicture } from '../../../shared/models/key-picture.ts'
import type { CardPaper } from '../../../shared/models/printing.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'
import { renderCalibration } from './calibration-page.ts'
import { type AskAnswers, type CodeSources, livingQrOf } from './card-qr.ts'
import { renderCheckCards } from './check-card.ts'
import { noShift, type Shift } from './check-card-input.ts'
import { renderCorrectionLetter } from './correction-letter.ts'
import { type DaySheetInput, renderDaySheet } from './day-sheet.ts'
import { type DocumentFonts, loadDocumentFonts } from './document-fonts.ts'
import { type CorrectionWishes, cardInputOf, letterInputOf, reportInputOf } from './dossier-to-paper.ts'
import { fittingReport } from './fitting-report.ts'
import type { DocumentNotice, PrintedDocument } from './pdf-sheet.ts'
import { isScannableAddress } from './proven-qr.ts'
import { qrPngOf } from './qr-code.ts'
import { noInk, type ReportInk } from './report-ink.ts'
import { lookBy, type ReportLook } from './report-look.ts'
import { renderReportPdf } from './report-pdf.ts'
import { reportAddressIn } from './report-qr.ts'

/** The provincial cloud takes no report above this size, bytes. */
const largestPdf = 2 * 1024 * 1024

export type DocumentOutcome =
  | { readonly kind: 'printed'; readonly pdf: Buffer; readonly notices: readonly DocumentNotice[] }
  /** The exam has no report to print. */
  | { readonly kind: 'no-report' }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number }

/** `startAt`: the first free label of an A4 sheet, 1 to 8. */
export type CardWishes = {
  readonly paper?: CardPaper | undefined
  readonly startAt?: number | undefined
  readonly shift?: Shift | undefined
}

/** `withQr`: for each card in order. */
export type CardsOutcome =
  | (Extract<DocumentOutcome, { kind: 'printed' }> & { readonly withQr: readonly boolean[] })
  | Exclude<DocumentOutcome, { kind: 'printed' }>

export type Documents = ReturnType<typeof createDocuments>

/** Where the room finds what stands on a report beside its text; what is not given is left out, and the paper looks as on a new station. */
export type DocumentSources = {
  readonly fontFolder?: string
  readonly lookOf?: (dossier: ExamDossier, report: ReportVersion) => ReportLook
  readonly inkOf?: (dossier: ExamDossier, report: ReportVersion) => ReportInk
  readonly picturesOf?: (examId: string, version: number) => readonly KeyPicture[]
  /** A smaller JPEG of the same picture, at most so many bytes; undefined where that cannot be. */
  readonly shrink?: (picture: KeyPicture, bytes: number) => Promise<KeyPicture | undefined>
  /** Whether the address of a QR answers; absent: nobody can say, and it is printed. */
  readonly answers?: AskAnswers
}

/**
 * `filmUrl` is printed as QR, absent: the newest address that a cloud gave. `shift` is for printers, never for what is delivered, nor is
 * `qrMustAnswer`: a QR whose address is dead is left out, with a notice.
 */
export type ReportWishes = {
  readonly filmUrl?: string | undefined
  readonly paper?: Partial<ReportLook['paper']> | undefined
  readonly shift?: Shift | undefined
  readonly qrMustAnswer?: boolean | undefined
}

/** The room that makes papers. It keeps nothing but the fonts, which it reads when the first paper is asked for. */
export function createDocuments(sources: DocumentSources = {}) {
  const { answers = async () => 'unknown' } = sources
  let fonts: DocumentFonts | undefined
  const theFonts = () => {
    fonts ??= loadDocumentFonts(sources.fontFolder)
    return fonts
  }

  /** The dossier's report version as PDF: the same bytes whoever asks, so that what is previewed is what is delivered. */
  async function reportPdf(dossier: ExamDossier, wishes: ReportWishes = {}): Promise<DocumentOutcome> {
    const { report } = dossier
    if (!report) return { kind: 'no-report' }
    const look = sources.lookOf?.(dossier, report) ?? lookBy(undefined, dossier)
    const address = wishes.filmUrl ?? reportAddressIn(dossier)
    const isDead = Boolean(wishes.qrMustAnswer) && isScannableAddress(address) && (await answers(address)) === 'dead'
    const around = {
      look: { ...look, paper: { ...look.paper, ...wishes.paper } },
      ...(sources.inkOf?.(dossier, report) ?? noInk),
      filmUrl: isDead ? undefined : address,
      shift: wishes.shift ?? noShift,
    }
    const pictures = sources.picturesOf?.(report.examId, report.version) ?? []
    const render = (shown: readonly KeyPicture[]) =>
      renderReportPdf(reportInputOf(dossier, report, { ...around, pictures: shown }), theFonts())
    const { pdf, notices } = await fittingReport(render, pictures, largestPdf, sources.shrink)
    return withinLimit({ pdf, notices: isDead ? [...notices, { kind: 'unusable-qr', reason: 'dead' }] : notices })
  }

  /**
   * Check cards, at least one. A QR is drawn only when a phone reads from it what was meant, and not when its address is dead: the
   * gateway's picture, else the address of the film. One that cannot be is left out, with a notice.
   */
  async function checkCards(
    cards: readonly ({ readonly dossier: ExamDossier } & CodeSources)[],
    { paper = 'receipt-80', startAt = 1, shift = noShift }: CardWishes,
  ): Promise<CardsOutcome> {
    const notices: DocumentNotice[] = []
    const codes = await Promise.all(cards.map((card) => livingQrOf(card, answers)))
    const inputs = cards.map(({ dossier }, index) => {
      const qr = codes[index]
      if (qr?.kind === 'unusable') notices.push({ kind: 'unusable-qr', reason: qr.reason })
      return cardInputOf(dossier, qr?.kind === 'proven' ? qr.matrix : undefined)
    })
    const printed = await renderCheckCards({ paper, startAt, shift, cards: inputs }, theFonts())
    const outcome = withinLimit({ pdf: printed.pdf, notices: [...printed.notices, ...notices] })
    return outcome.kind === 'printed' ? { ...outcome, withQr: printed.withQr } : outcome
  }

  return {
    reportPdf,

    /** One card; see `checkCards`. */
    checkCard: (dossier: ExamDossier, wishes: CardWishes & CodeSources = {}): Promise<CardsOutcome> =>
      checkCards([{ dossier, ...wishes }], wishes),
    checkCards,

    /** To hold a ruler against what a printer makes of it. */
    calibrationPage: async (wishes: { readonly paper: CardPaper; readonly shift?: Shift }): Promise<DocumentOutcome> =>
      withinLimit(await renderCalibration({ shift: noShift, createdAt: 0, ...wishes }, theFonts())),

    /** 日报表 of what a day did and left open. */
    daySheet: async (input: DaySheetInput): Promise<DocumentOutcome> =>
      withinLimit(await renderDaySheet(input, theFonts())),

    /** 更正函 to a platform that cannot take back what it was sent. */
    correctionLetter: async (dossier: ExamDossier, wishes: CorrectionWishes, shift?: Shift): Promise<DocumentOutcome> =>
      withinLimit(await renderCorrectionLetter(letterInputOf(dossier, wishes, shift), theFonts())),

    /** A QR of the text as PNG; undefined where the text is empty or longer than a QR holds. */
    qrPng: (text: string): Promise<Buffer | undefined> => qrPngOf(text),
  }
}

function withinLimit({ pdf, notices }: PrintedDocument): DocumentOutcome {
  if (pdf.length > largestPdf) return { kind: 'too-large', bytes: pdf.length, limit: largestPdf }
  return { kind: 'printed', pdf, notices }
}
