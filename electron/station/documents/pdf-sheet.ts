import { createRequire } from 'node:module'
import type PdfDocument from 'pdfkit'
import type { PrintNotice } from '../../../shared/models/printing.ts'
import type { DocumentFonts } from './document-fonts.ts'

/** Loaded with the first paper: a station that only receives does without its 20 MB. */
const require = createRequire(import.meta.url)

export type DocumentNotice = PrintNotice

export type PrintedDocument = { readonly pdf: Buffer; readonly notices: readonly DocumentNotice[] }

export type Weight = 'regular' | 'bold'

/** PDF points in a millimetre. */
export const mm = 72 / 25.4

export type PdfSheet = {
  readonly doc: PDFKit.PDFDocument
  /** Chooses weight, size in points and colour for what is written next. */
  pen(weight: Weight, size: number, colour?: string): PDFKit.PDFDocument
  /** The text as this font can print it. Every text goes through here once. */
  printable(text: string): string
  notice(notice: DocumentNotice): void
  /** Puts pictures of ink into the file, in this order; `ink` then draws them. */
  embedInk(pictures: readonly (Buffer | undefined)[]): Promise<void>
  /** Draws a picture that was embedded. */
  ink(picture: Buffer, x: number, y: number, options: PDFKit.Mixins.ImageOption): void
  finish(): Promise<PrintedDocument>
}

export type PdfSheetOptions = {
  /** Width and height in points. */
  readonly size: readonly [number, number]
  readonly margins: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }
  readonly fonts: DocumentFonts
  /** No name of a patient: file titles are shown in window titles and print queues. */
  readonly title: string
  readonly author: string
  /** Epoch milliseconds, the only time that gets into the file: the same input makes the same bytes. */
  readonly createdAt: number
}

/** Control characters, and marks that only say how to draw or join other characters: nothing of their own to print. */
const withoutGlyph = /\p{Cf}|\p{Variation_Selector}|(?!\n)\p{Cc}/gu

/** pdfkit keeps the parsed font to itself; this is the one question asked of it. */
type DocWithFont = { readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } } }

/** A PNG as pdfkit opens it; `finalize` ends its embedding. */
type OpenedPng = { finalize(): void; embed(doc: PDFKit.PDFDocument): void }

/**
 * pdfkit unpacks an alpha channel on another thread and writes a picture when it has it: two at once would come in the order in which they
 * happen to end, and the same input would make other bytes.
 */
function embedded(doc: PDFKit.PDFDocument, picture: Buffer): Promise<OpenedPng> {
  const png = (doc as unknown as { openImage(picture: Buffer): OpenedPng }).openImage(picture)
  const finalize = png.finalize.bind(png)
  return new Promise((resolve) => {
    png.finalize = () => {
      finalize()
      resolve(png)
    }
    png.embed(doc)
  })
}

/** An empty PDF with our fonts and no page number yet: pages are kept open until `finish`. */
export function openPdfSheet(options: PdfSheetOptions): PdfSheet {
  const PDFDocument: typeof PdfDocument = require('pdfkit')
  const doc = new PDFDocument({
    size: [...options.size],
    margins: options.margins,
    bufferPages: true,
    font: '',
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: options.title,
      Author: options.author,
      Creator: 'Yingzhan',
      Producer: 'Yingzhan',
      CreationDate: new Date(options.createdAt),
    },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  doc.registerFont('regular', options.fonts.regular as unknown as string)
  doc.registerFont('bold', options.fonts.bold as unknown as string)
  doc.font('regular')
  const { font } = (doc as unknown as DocWithFont)._font
  const notices: DocumentNotice[] = []
  const missing = new Set<string>()
  const inks = new Map<Buffer, OpenedPng>()

  return {
    doc,
    async embedInk(pictures) {
      for (const picture of pictures) if (picture) inks.set(picture, await embedded(doc, picture))
    },
    ink(picture, x, y, options) {
      doc.image((inks.get(picture) ?? picture) as Buffer, x, y, options)
    },
    pen: (weight, size, colour = '#000') => doc.font(weight).fontSize(size).fillColor(colour),
    printable(text) {
      const plain = text.toWellFormed().replace(/\r\n?/g, '\n').replace(/\t/g, '    ').replace(withoutGlyph, '')
      let printed = ''
      for (const character of plain) {
        const codePoint = character.codePointAt(0) ?? 0
        if (character === '\n' || font.hasGlyphForCodePoint(codePoint)) {
          printed += character
          continue
        }
        printed += '〓'
        if (!missing.has(character)) {
          missing.add(character)
          const hex = codePoint.toString(16).toUpperCase().padStart(4, '0')
          notices.push({ kind: 'missing-character', character, codePoint: `U+${hex}` })
        }
      }
      return printed
    },
    notice: (notice) => notices.push(notice),
    finish() {
      const whole = new Promise<PrintedDocument>((resolve, reject) => {
        doc.on('end', () => resolve({ pdf: Buffer.concat(chunks), notices }))
        doc.on('error', reject)
      })
      doc.end()
      return whole
    },
  }
}
