// What the desk's page may ask of the shell, and nothing more: a browser can do all the rest.
import { contextBridge, ipcRenderer } from 'electron'
import type { PrintOutcome } from '../main/print-outcome.ts'
import type { Printer } from '../main/printing.ts'

export type PrintRequest = Readonly<{
  /** The document's bytes, or its address at the station with the desk's token. */
  pdf?: Uint8Array
  url?: string
  token?: string
  /** The queue's name as listPrinters gives it; absent: the default printer. */
  printer?: string
  /** The paper; absent: the PDF's own page. */
  widthMicrons?: number
  heightMicrons?: number
  copies?: number
  /** The system's print dialog instead of the printer at once. */
  askFirst?: boolean
}>

export type ShellBridge = Readonly<{
  platform: string
  listPrinters: () => Promise<readonly Printer[]>
  printPdf: (request: PrintRequest | Uint8Array) => Promise<PrintOutcome>
  /** A window for practising, with data of its own, under the institution's name; false: it did not start. */
  openTraining: (institutionName: string) => Promise<boolean>
}>

const bridge: ShellBridge = {
  platform: process.platform,
  listPrinters: () => ipcRenderer.invoke('shell:list-printers'),
  printPdf: (request) => ipcRenderer.invoke('shell:print-pdf', request),
  openTraining: (institutionName) => ipcRenderer.invoke('shell:open-training', institutionName),
}

contextBridge.exposeInMainWorld('shell', bridge)
