import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import { cardPaperSchema, cardSheets } from '../../shared/models/printing.ts'
import { sizeOf } from '../documents/read-paper.ts'
import { sampleDossier } from '../documents/sample-dossier.ts'
import { describeWith } from '../peers.ts'
import { openShell, type Shell } from './electron-shell.ts'
import { createStandInPrinter, type StandInPrinter } from './stand-in-printer.ts'

// The way of a paper from the page through the real shell to CUPS. `lp` is a stand-in that keeps what CUPS would get.

const standIn = join(import.meta.dirname, '..', 'stand-ins', 'minimal-station.mjs')
const documents = createDocuments()

let shell: Shell | undefined
let printer: StandInPrinter

beforeEach(() => {
  printer = createStandInPrinter()
})
afterEach(async () => {
  await shell?.close()
  shell = undefined
  printer.remove()
})

type Request = { printer?: string; widthMicrons?: number; heightMicrons?: number; copies?: number }

/** As the desk's page does it. */
async function printFromPage(pdf: Buffer, request: Request) {
  const page = await shell!.app.firstWindow()
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:/, { timeout: 20_000 })
  return page.evaluate(
    ({ base64, request: wishes }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const bridge = (window as unknown as { shell: { printPdf: (job: object) => Promise<unknown> } }).shell
      return bridge.printPdf({ pdf: bytes, ...wishes })
    },
    { base64: pdf.toString('base64'), request },
  )
}

async function card(paper: (typeof cardPaperSchema.options)[number]): Promise<Buffer> {
  const outcome = await documents.checkCard(sampleDossier, { paper })
  if (outcome.kind !== 'printed') throw new Error('a card expected')
  return outcome.pdf
}

const inMillimetres = (points: readonly number[]) => points.map((point) => Math.round((point / 72) * 254) / 10)

describeWith(['electron', 'xvfb', 'pdftotext'], 'printing from the real shell', () => {
  test('every card reaches the printer in its own size, with copies, unscaled and byte for byte', async () => {
    shell = await openShell({ STATION_SCRIPT: standIn, PATH: printer.path })
    for (const paper of cardPaperSchema.options) {
      const pdf = await card(paper)
      const [width, height] = cardSheets[paper]
      const request = { printer: 'Label_60x40', widthMicrons: width * 1000, heightMicrons: height * 1000, copies: 2 }
      expect(await printFromPage(pdf, request)).toEqual({ kind: 'handed-over' })
      const media = paper === 'a4-8up' ? 'A4' : `Custom.${width}x${height}mm`
      const printed = printer.papers().at(-1)
      if (!printed) throw new Error('nothing was printed')
      expect(printed.asked).toMatch(`-d Label_60x40 -n 2 -o media=${media} -o print-scaling=none --`)
      expect(inMillimetres(sizeOf(printed.pdf))).toEqual([width, height])
      expect(printed.pdf.equals(pdf)).toBe(true)
    }
  })

  test('a printer that is gone is told in the words of the system, and nothing is printed', async () => {
    shell = await openShell({ STATION_SCRIPT: standIn, PATH: printer.path })
    const outcome = await printFromPage(await card('label-60x40'), { printer: 'Gone' })
    expect(outcome).toEqual({ kind: 'refused', reason: 'lp: The printer or class does not exist.' })
    expect(printer.papers()).toEqual([])
  })

  test('what is no PDF, or names a paper that no printer has, never reaches the printer', async () => {
    shell = await openShell({ STATION_SCRIPT: standIn, PATH: printer.path })
    expect(await printFromPage(Buffer.from('hello'), {})).toMatchObject({ kind: 'refused' })
    expect(await printFromPage(await card('label-60x40'), { copies: 1000 })).toMatchObject({ kind: 'refused' })
    expect(printer.papers()).toEqual([])
  })
})
