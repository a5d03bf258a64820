import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { net, type WebContents } from 'electron'
import { printByCups } from './print-by-cups.ts'
import { printByWindow } from './print-by-window.ts'
import { type PrintJob, pageSizeOf } from './print-job.ts'
import type { PrintOutcome } from './print-outcome.ts'

export type Printer = Readonly<{ name: string; displayName: string; isDefault: boolean }>

let printing: Promise<unknown> = Promise.resolve()

export async function listPrinters(contents: WebContents): Promise<readonly Printer[]> {
  const printers = await contents.getPrintersAsync()
  return printers.map((printer) => ({
    name: printer.name,
    displayName: printer.displayName || printer.name,
    isDefault: (printer as { isDefault?: boolean }).isDefault ?? false,
  }))
}

/** Prints one PDF silently, one after the other. The paper is always named, never left to a printer's habit. */
export function printPdf(job: PrintJob): Promise<PrintOutcome> {
  const turn = printing.then(() => printNow(job))
  printing = turn
  return turn
}

/** Resolves once every job is with the system: a program that ends sooner takes its job along. */
export async function printingSettled(): Promise<void> {
  await printing
}

async function printNow(job: PrintJob): Promise<PrintOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-print-'))
  try {
    const pdf = await fetchPdf(job)
    if (!pdf) return { kind: 'refused', reason: '没有取到 PDF / the PDF could not be fetched' }
    const file = join(folder, 'document.pdf')
    writeFileSync(file, pdf, { mode: 0o600 })
    const paper = job.paper ?? pageSizeOf(pdf)
    if (job.askFirst || process.platform === 'win32') return await printByWindow(file, job, paper)
    return await printByCups(file, job, paper)
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fetchPdf({ source }: PrintJob): Promise<Uint8Array | undefined> {
  if (source.kind === 'bytes') return isPdf(source.pdf) ? source.pdf : undefined
  const headers: Record<string, string> = source.token ? { authorization: `Bearer ${source.token}` } : {}
  const answer = await net.fetch(source.url, { headers, redirect: 'error' })
  const bytes = answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
  return bytes && isPdf(bytes) ? bytes : undefined
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'
}
