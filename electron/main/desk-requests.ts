import { spawn } from 'node:child_process'
import { app, type IpcMainInvokeEvent, ipcMain } from 'electron'
import { isWithinStation } from './address-rules.ts'
import { readPrintJob } from './print-job.ts'
import { listPrinters, printPdf } from './printing.ts'
import { institutionNameOf, trainingStart } from './training-start.ts'
import type { DeskWindow } from './window.ts'

/** Answers what preload.ts asks, for the desk's own page only. */
export function answerDesk(window: DeskWindow): void {
  const fromDesk = (event: IpcMainInvokeEvent) => {
    const frame = event.senderFrame
    if (!frame || frame.parent || !window.isDesk(event.sender, frame.url)) throw new Error('only the desk may ask this')
  }
  ipcMain.handle('shell:list-printers', (event) => {
    fromDesk(event)
    return listPrinters(event.sender)
  })
  ipcMain.handle('shell:open-training', (event, named: unknown) => {
    fromDesk(event)
    const { args, env } = trainingStart({
      argv: process.argv,
      userData: app.getPath('userData'),
      institutionName: institutionNameOf(named),
      env: process.env,
    })
    const practice = spawn(process.execPath, [...args], { env, detached: true, stdio: 'ignore' })
    practice.on('error', () => undefined)
    practice.unref()
    return practice.pid !== undefined
  })
  ipcMain.handle('shell:print-pdf', (event, asked: unknown) => {
    fromDesk(event)
    const job = readPrintJob(asked)
    const isOurs = job && (job.source.kind === 'bytes' || isWithinStation(job.source.url, window.address()))
    if (!isOurs) return { kind: 'refused', reason: '打印请求不完整 / the print request is not valid' }
    return printPdf(job)
  })
}
