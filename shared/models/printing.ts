import { z } from 'zod'
import { line } from './text-field.ts'

/**
 * What is put on paper; each kind goes to a printer of its own. 'preview': a report version that is not released, marked as such.
 * 'correction-letter': 更正函 to a platform without recall. 'outside-paper': a PDF that this station did not make, a device's or another
 * institution's report; it is printed as it is.
 */
export const printKindSchema = z.enum([
  'card',
  'report',
  'preview',
  'correction-letter',
  'outside-paper',
  'day-sheet',
  'calibration',
])
export type PrintKind = z.infer<typeof printKindSchema>

/** Papers of the check card. 'a4-8up': a sheet of eight labels, two beside each other, each 105 × 74.25 mm. */
export const cardPaperSchema = z.enum([
  'receipt-80',
  'card-85x54',
  'label-60x40',
  'label-50x30',
  'bag-100x70',
  'a4-8up',
])
export type CardPaper = z.infer<typeof cardPaperSchema>

/** Tenths of a millimetre by which a printer prints too far left or too high. */
const offset = z.number().int().min(-100).max(100).default(0)

/** The sheet of each card paper, millimetres. */
export const cardSheets: Readonly<Record<CardPaper, readonly [width: number, height: number]>> = {
  'receipt-80': [80, 120],
  'card-85x54': [85.6, 54],
  'label-60x40': [60, 40],
  'label-50x30': [50, 30],
  'bag-100x70': [100, 70],
  'a4-8up': [210, 297],
}

/** The ruler of the calibration page: whole centimetres that fit on the paper beside its marks, at most 18. Millimetres. */
export const cardRulerLength = (paper: CardPaper): number =>
  Math.min(180, Math.floor((cardSheets[paper][0] - 10) / 10) * 10)

/** Where one kind of paper comes out, and how. */
export const printerChoiceSchema = z.object({
  /** The queue's name; '': the computer's default printer. */
  printer: z.string().max(200).default(''),
  copies: z.number().int().min(1).max(9).default(1),
  /** To the right and down, tenths of a millimetre. */
  offsetX: offset,
  offsetY: offset,
  /** The system's print dialog is shown each time. */
  askFirst: z.boolean().default(false),
})
export type PrinterChoice = z.infer<typeof printerChoiceSchema>

/** The paper comes out with the printer's own fault taken back: tenths of a millimetre to the right and down. */
export const shiftOf = ({ offsetX, offsetY }: PrinterChoice) => ({ x: offsetX, y: offsetY })

/** Settings of the station: printers by kind. */
export const printingSettingsSchema = z.object({
  card: printerChoiceSchema.prefault({}),
  report: printerChoiceSchema.prefault({}),
  daySheet: printerChoiceSchema.prefault({}),
  /** The card is printed as soon as an exam is registered. */
  cardOnSave: z.boolean().default(false),
})
export type PrintingSettings = z.infer<typeof printingSettingsSchema>

/** The calibration page is printed where the cards are; previews, letters and papers from elsewhere where the reports are, these once. */
export function printerOf(printing: PrintingSettings, kind: PrintKind): PrinterChoice {
  switch (kind) {
    case 'card':
    case 'calibration':
      return printing.card
    case 'report':
    case 'preview':
    case 'correction-letter':
      return printing.report
    case 'outside-paper':
      return { ...printing.report, copies: 1 }
    case 'day-sheet':
      return printing.daySheet
  }
}

/** Settings of the station: what the papers look like. */
export const paperSettingsSchema = z.object({
  report: z.enum(['A4', 'A5']).default('A4'),
  /** 'auto': A4 upright; A5 on its side, upright where it takes fewer pages so. */
  reportTurn: z.enum(['auto', 'portrait', 'landscape']).default('auto'),
  card: cardPaperSchema.default('receipt-80'),
  /** Key images side by side; 'auto': by their number. */
  imagesPerRow: z.enum(['auto', '1', '2', '3', '4']).default('auto'),
  letterhead: z
    .object({
      /** '': the institution's own name. */
      name: line().max(60).default(''),
      /** Under the name: a department, an address, a name in another script. */
      secondLine: line().max(80).default(''),
      /** At the foot of every page. */
      footer: line().max(80).default('本报告仅供临床参考'),
    })
    .prefault({}),
})
export type PaperSettings = z.infer<typeof paperSettingsSchema>

/** Something about a paper that staff should know; it was made all the same. */
export const printNoticeSchema = z.discriminatedUnion('kind', [
  /** The font lacks this character; 〓 stands in its place. `codePoint` as 'U+2A6A5'. */
  z.object({ kind: z.literal('missing-character'), character: z.string(), codePoint: z.string() }),
  /** A QR was asked for and none could be printed. */
  z.object({
    kind: z.literal('unusable-qr'),
    /** 'dead': its address is not there any more. */
    reason: z.enum(['too-long', 'no-web-address', 'no-png', 'unreadable', 'no-room', 'dead']),
  }),
  /** A key image was left out: it could not be read. */
  z.object({ kind: z.literal('unusable-picture'), what: z.string() }),
])
export type PrintNotice = z.infer<typeof printNoticeSchema>

/** A paper for a printer, moved by its offsets. */
export const preparedPaperSchema = z.object({
  /** For `printDone`; forgotten after an hour. */
  ticket: z.string(),
  /** Base64. */
  pdf: z.string(),
  widthMicrons: z.number(),
  heightMicrons: z.number(),
  notices: z.array(printNoticeSchema),
  /** Cards on it without QR. */
  withoutQr: z.number(),
})
export type PreparedPaper = z.infer<typeof preparedPaperSchema>

/** One print that was handed to a printer or to the print dialog. */
export const printRecordSchema = z.object({
  kind: printKindSchema,
  at: z.number(),
  by: z.string(),
  /** null: a paper that has none anyway. */
  withQr: z.boolean().nullable(),
  copies: z.number(),
  printer: z.string(),
})
export type PrintRecord = z.infer<typeof printRecordSchema>

/** A card that went out without its QR. 'ready': there is a QR now that can be read. 'dead': there is one, and its address is not there. */
export const cardToReprintSchema = z.object({
  examId: z.string(),
  accessionNumber: z.string(),
  patientName: z.string(),
  itemName: z.string(),
  printedAt: z.number(),
  state: z.enum(['ready', 'waiting', 'dead']),
})
export type CardToReprint = z.infer<typeof cardToReprintSchema>
