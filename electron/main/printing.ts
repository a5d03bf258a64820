import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BrowserWindow, net, type WebContents } from 'electron'
import { type PaperSize, type PrintJob, pageSizeOf } from './print-job.ts'

export type Printer = Readonly<{ name: string; displayName: string; isDefault: boolean }>
export type PrintOutcome = Readonly<{ kind: 'handed-over' } | { kind: 'refused'; reason: string }>

/** "Handed over" comes before the system has read the pages; ended at once, the program would take the job with it. */
const handOverMs = 1_500
/** The PDF viewer says nothing when it has laid out its pages. */
const viewerMs = 700

let busyUntil = 0

export async function listPrinters(contents: WebContents): Promise<readonly Printer[]> {
  const printers = await contents.getPrintersAsync()
  return printers.map((printer) => ({
    name: printer.name,
    displayName: printer.displayName || printer.name,
    isDefault: (printer as { isDefault?: boolean }).isDefault ?? false,
  }))
}

/** Prints one PDF silently. The paper is always named: without it Electron takes A4 whatever the printer holds. */
export async function printPdf(job: PrintJob): Promise<PrintOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-print-'))
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, plugins: true } })
  try {
    const pdf = await fetchPdf(job)
    if (!pdf) return { kind: 'refused', reason: '没有取到 PDF / the PDF could not be fetched' }
    const file = join(folder, 'document.pdf')
    writeFileSync(file, pdf, { mode: 0o600 })
    await window.loadFile(file)
    await wait(viewerMs)
    return await handOver(window.webContents, job.printer, job.paper ?? pageSizeOf(pdf))
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) }
  } finally {
    await wait(handOverMs)
    window.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Resolves once every job has had the time to reach the system's queue. */
export async function printingSettled(): Promise<void> {
  await wait(Math.max(0, busyUntil - Date.now()))
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

function handOver(contents: WebContents, printer: string | undefined, pageSize: PaperSize): Promise<PrintOutcome> {
  return new Promise((resolve) => {
    contents.print(
      {
        silent: true,
        printBackground: true,
        margins: { marginType: 'none' },
        pageSize,
        ...(printer ? { deviceName: printer } : {}),
      },
      (isHandedOver, reason) => {
        busyUntil = Date.now() + handOverMs
        resolve(isHandedOver ? { kind: 'handed-over' } : { kind: 'refused', reason })
      },
    )
  })
}
