import { execFile } from 'node:child_process'
import { cupsMedia, type PaperSize, type PrintJob } from './print-job.ts'
import type { PrintOutcome } from './print-outcome.ts'

/** Linux and macOS: CUPS takes the PDF as it is, so paper and archive are the same, and says at once whether it has it. */
export function printByCups(
  file: string,
  { printer, copies = 1 }: Pick<PrintJob, 'printer' | 'copies'>,
  paper: PaperSize,
): Promise<PrintOutcome> {
  const queue = printer ? ['-d', printer] : []
  const args = [
    ...queue,
    '-n',
    String(copies),
    '-o',
    `media=${cupsMedia(paper)}`,
    '-o',
    'print-scaling=none',
    '--',
    file,
  ]
  return new Promise((resolve) => {
    execFile('lp', args, { timeout: 20_000 }, (error, _stdout, stderr) => {
      if (!error) resolve({ kind: 'handed-over' })
      else if (error.killed) resolve({ kind: 'unconfirmed', reason: '打印系统没有回应 / CUPS did not answer' })
      else resolve({ kind: 'refused', reason: stderr.trim() || error.message })
    })
  })
}
