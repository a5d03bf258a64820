import { setTimeout as wait } from 'node:timers/promises'
import { BrowserWindow } from 'electron'
import type { PaperSize, PrintJob } from './print-job.ts'
import type { PrintOutcome } from './print-outcome.ts'

/** The PDF viewer says nothing when it has laid out its pages. */
const layoutMs = 1_500
/** The answer comes before the system has read the pages; a window closed at once takes the job with it. */
const handOverMs = 1_500
/** Electron from before July 2025 prints PDFs without ever answering. */
const answerMs = 20_000

/**
 * Windows has no command that prints a PDF: a hidden window shows it and prints itself. For the system's print dialog, on every system, the
 * window is shown, because a dialog wants something to stand before.
 */
export async function printByWindow(
  file: string,
  { printer, copies = 1, askFirst = false }: Pick<PrintJob, 'printer' | 'copies' | 'askFirst'>,
  pageSize: PaperSize,
): Promise<PrintOutcome> {
  const window = new BrowserWindow({
    show: askFirst,
    title: '影站',
    autoHideMenuBar: true,
    webPreferences: { sandbox: true, plugins: true },
  })
  try {
    await window.loadFile(file)
    await wait(layoutMs)
    const answer = new Promise<PrintOutcome>((resolve) => {
      window.on('closed', () => resolve({ kind: 'cancelled' }))
      window.webContents.print(
        {
          silent: !askFirst,
          printBackground: true,
          margins: { marginType: 'none' },
          pageSize,
          copies,
          ...(printer ? { deviceName: printer } : {}),
        },
        (isHandedOver, reason) => resolve(outcomeOf(isHandedOver, reason)),
      )
    })
    if (askFirst) return await answer
    const silence: PrintOutcome = {
      kind: 'unconfirmed',
      reason: '打印机没有回应，请查看是否已出纸 / no answer, look at the printer',
    }
    const outcome = await Promise.race([answer, wait(answerMs, silence, { ref: false })])
    await wait(handOverMs)
    return outcome
  } finally {
    if (!window.isDestroyed()) window.destroy()
  }
}

/** Electron says by these words that the dialog was closed. */
function outcomeOf(isHandedOver: boolean, reason: string): PrintOutcome {
  if (isHandedOver) return { kind: 'handed-over' }
  return /cancel/i.test(reason) ? { kind: 'cancelled' } : { kind: 'refused', reason }
}
