import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** text stays text whatever it begins with; time and day are epoch milliseconds, shown in China time; share is a part of 1; any: as the value is. */
export type SheetColumn = {
  readonly title: string
  readonly kind: 'text' | 'number' | 'time' | 'day' | 'share' | 'any'
  /** In characters. */
  readonly width: number
}
export type SheetCell = string | number | null
export type Sheet = {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  /** Rows in portions: a long list need not be in memory here at once. */
  readonly rows: Iterable<readonly (readonly SheetCell[])[]> | AsyncIterable<readonly (readonly SheetCell[])[]>
}

/**
 * Every cell carries its type, and none a formula. The library writes no frozen panes (SheetJS keeps them for its paid edition), so they are put
 * into the finished sheet: ECMA-376 18.3.1.66, pane.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const XLSX = require(workerData.xlsx)
const formats = { time: 'yyyy-mm-dd hh:mm', day: 'yyyy-mm-dd', share: '0.0%', number: '0' }
const chinaOffset = 8 * 3600000
const sheets = []
const cellOf = (value, kind) => {
  if (value === null || value === undefined || value === '') return undefined
  if (kind === 'text' || typeof value === 'string') return { t: 's', v: String(value) }
  if (kind === 'time' || kind === 'day') return { t: 'n', v: (value + chinaOffset) / 86400000 + 25569, z: formats[kind] }
  return { t: 'n', v: value, z: formats[kind] ?? 'General' }
}
parentPort.on('message', (message) => {
  try {
    if (message.sheet) {
      const { name, columns } = message.sheet
      sheets.push({ name, columns, data: [columns.map((column) => ({ t: 's', v: column.title }))] })
    }
    if (message.rows) {
      const { columns, data } = sheets.at(-1)
      for (const row of message.rows) data.push(columns.map((column, index) => cellOf(row[index], column.kind)))
    }
    if (message.end) {
      const book = XLSX.utils.book_new()
      for (const { name, columns, data } of sheets) {
        const ref = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: data.length - 1, c: columns.length - 1 } })
        const sheet = { '!ref': ref, '!data': data, '!cols': columns.map((column) => ({ wch: column.width })), '!autofilter': { ref } }
        XLSX.utils.book_append_sheet(book, sheet, name)
      }
      const zip = XLSX.CFB.read(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true }), { type: 'buffer' })
      for (let index = 1; index <= sheets.length; index++) {
        const file = XLSX.CFB.find(zip, '/xl/worksheets/sheet' + index + '.xml')
        const xml = Buffer.from(file.content)
        const view = '<sheetView workbookViewId="0"/>'
        const at = xml.indexOf(view)
        if (at < 0) throw new Error('no sheet view in sheet ' + index)
        const frozen = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        file.content = Buffer.concat([xml.subarray(0, at), Buffer.from(frozen), xml.subarray(at + view.length)])
        file.size = file.content.length
      }
      const bytes = Buffer.from(XLSX.CFB.write(zip, { fileType: 'zip', type: 'buffer', compression: true }))
      parentPort.postMessage({ bytes })
    }
  } catch (error) {
    parentPort.postMessage({ reason: String(error && error.message || error) })
  }
})
`

/** An Excel file (ECMA-376): the head row of each sheet stays in view and can be filtered by. Written in a thread: a year's list takes seconds. */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const worker = new Worker(program, {
    eval: true,
    workerData: { xlsx: createRequire(import.meta.url).resolve('@e965/xlsx') },
    resourceLimits: { maxOldGenerationSizeMb: 1536, maxYoungGenerationSizeMb: 64 },
  })
  try {
    const written = new Promise<Buffer>((resolve, reject) => {
      worker.once('message', ({ bytes, reason }: { bytes?: Uint8Array; reason?: string }) =>
        bytes ? resolve(Buffer.from(bytes)) : reject(new Error(`the Excel file was not written: ${reason}`)),
      )
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the writer of the Excel file ended early')))
    })
    // Whoever writes the rows may fail first; this is then nobody's rejection.
    written.catch(() => {})
    for (const { name, columns, rows } of sheets) {
      worker.postMessage({ sheet: { name, columns } })
      for await (const portion of rows) worker.postMessage({ rows: portion })
    }
    worker.postMessage({ end: true })
    return await written
  } finally {
    await worker.terminate()
  }
}
