import { setTimeout as wait } from 'node:timers/promises'
import { BrowserWindow } from 'electron'
import type { PaperSize } from './print-job.ts'
import type { PrintOutcome } from './printing.ts'

/** The PDF viewer says nothing when it has laid out its pages. */
const layoutMs = 1_500
/** The answer comes before the system has read the pages; a window closed at once takes the job with it. */
const handOverMs = 1_500
/** Electron from before July 2025 prints PDFs without ever answering. */
const answerMs = 20_000

/** Windows has no command that prints a PDF: a hidden window shows it and prints itself. */
export async function printByWindow(
  file: string,
  printer: string | undefined,
  pageSize: PaperSize,
): Promise<PrintOutcome> {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, plugins: true } })
  try {
    await window.loadFile(file)
    await wait(layoutMs)
    const answer = new Promise<PrintOutcome>((resolve) => {
      window.webContents.print(
        {
          silent: true,
          printBackground: true,
          margins: { marginType: 'none' },
          pageSize,
          ...(printer ? { deviceName: printer } : {}),
        },
        (isHandedOver, reason) => resolve(isHandedOver ? { kind: 'handed-over' } : { kind: 'refused', reason }),
      )
    })
    const silence: PrintOutcome = {
      kind: 'unconfirmed',
      reason: '打印机没有回应，请查看是否已出纸 / no answer, look at the printer',
    }
    const outcome = await Promise.race([answer, wait(answerMs, silence, { ref: false })])
    await wait(handOverMs)
    return outcome
  } finally {
    window.destroy()
  }
}
