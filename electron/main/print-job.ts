export type PrintJob = Readonly<{
  /** The PDF itself, or where the station serves it. The token is the desk's: the station asks for it at every address. */
  source: Readonly<{ kind: 'bytes'; pdf: Uint8Array } | { kind: 'address'; url: string; token?: string }>
  /** The queue's name; absent: the computer's default printer. */
  printer?: string
  /** The paper; absent: the PDF's own page. */
  paper?: PaperSize
  /** 1 to 9; absent: one. */
  copies?: number
  /** The system's print dialog instead of the printer at once. */
  askFirst?: boolean
}>

/** In microns, as Electron wants it. */
export type PaperSize = Readonly<{ width: number; height: number }>

const smallestMicrons = 352
const largestMicrons = 5_000_000

function isLength(value: unknown): value is number {
  return typeof value === 'number' && value >= smallestMicrons && value <= largestMicrons
}

/** What the desk asks to print, checked: it comes from a page. A PDF alone goes to the default printer. */
export function readPrintJob(asked: unknown): PrintJob | undefined {
  if (asked instanceof Uint8Array) return { source: { kind: 'bytes', pdf: asked } }
  if (typeof asked !== 'object' || asked === null) return undefined
  const { pdf, url, token, printer, widthMicrons, heightMicrons, copies, askFirst } = asked as Record<string, unknown>
  const source: PrintJob['source'] | undefined =
    pdf instanceof Uint8Array
      ? { kind: 'bytes', pdf }
      : typeof url === 'string'
        ? { kind: 'address', url, ...(typeof token === 'string' ? { token } : {}) }
        : undefined
  if (!source) return undefined
  const hasPaper = widthMicrons !== undefined || heightMicrons !== undefined
  if (hasPaper && !(isLength(widthMicrons) && isLength(heightMicrons))) return undefined
  if (copies !== undefined && !(Number.isInteger(copies) && Number(copies) >= 1 && Number(copies) <= 9))
    return undefined
  return {
    source,
    ...(typeof printer === 'string' && printer !== '' ? { printer } : {}),
    ...(copies === undefined ? {} : { copies: Number(copies) }),
    ...(askFirst === true ? { askFirst } : {}),
    ...(hasPaper
      ? { paper: { width: Math.round(Number(widthMicrons)), height: Math.round(Number(heightMicrons)) } }
      : {}),
  }
}

const micronsPerPoint = 25_400 / 72
const a4: PaperSize = { width: 210_000, height: 297_000 }

/** The size of a PDF's first page, as the station's own PDFs state it; A4 where it is not stated in the open. */
export function pageSizeOf(pdf: Uint8Array): PaperSize {
  const box = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(Buffer.from(pdf).toString('latin1'))
  const [width, height] = [Number(box?.[1]) * micronsPerPoint, Number(box?.[2]) * micronsPerPoint].map(Math.round)
  return isLength(width) && isLength(height) ? { width, height } : a4
}

const namedPapers = [
  { name: 'A4', width: 210_000, height: 297_000 },
  { name: 'A5', width: 148_000, height: 210_000 },
] as const

/**
 * The paper as CUPS calls it. Many printers know A4 and A5 by their names only, and take Letter for a size of no name; a page that lies on
 * its side is turned onto the paper by CUPS itself. A PDF states points, so a fraction of a millimetre is let go.
 */
export function cupsMedia(paper: PaperSize): string {
  const isNear = (a: number, b: number) => Math.abs(a - b) < 500
  const [shorter, longer] = [Math.min(paper.width, paper.height), Math.max(paper.width, paper.height)]
  const named = namedPapers.find(({ width, height }) => isNear(width, shorter) && isNear(height, longer))
  const millimetres = (microns: number) => Math.round(microns / 100) / 10
  return named?.name ?? `Custom.${millimetres(paper.width)}x${millimetres(paper.height)}mm`
}
