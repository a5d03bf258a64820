import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function inFolder<T>(pdf: Buffer, read: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'))
  try {
    writeFileSync(join(folder, 'paper.pdf'), pdf)
    return read(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(folder: string, command: string, ...parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, parameters, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
  return stdout
}

/** The text of each page as poppler reads it. */
export function pagesOf(pdf: Buffer): readonly string[] {
  return inFolder(pdf, (folder) => run(folder, 'pdftotext', '-layout', 'paper.pdf', '-').split('\f').slice(0, -1))
}

/** Width and height in points. */
export function sizeOf(pdf: Buffer): readonly [number, number] {
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(
    inFolder(pdf, (folder) => run(folder, 'pdfinfo', 'paper.pdf')),
  ) ?? ['', 'NaN', 'NaN']
  return [Number(width), Number(height)]
}

/** The fonts that a PDF uses, as poppler lists them. */
export function fontsOf(pdf: Buffer): readonly { readonly name: string; readonly embedded: boolean }[] {
  const lines = inFolder(pdf, (folder) => run(folder, 'pdffonts', 'paper.pdf').split('\n').slice(2))
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => ({
      name: line.split(' ', 1)[0] ?? '',
      embedded: / (yes|no) +(yes|no) +(yes|no) /.exec(line)?.[1] === 'yes',
    }))
}

/** What a scanner finds on a page printed at so many dots an inch: 'QR-Code:…', 'CODE-128:…'. 203 is a label printer. */
export function codesOn(pdf: Buffer, dotsPerInch: number): readonly string[] {
  return inFolder(pdf, (folder) => {
    run(folder, 'pdftoppm', '-png', '-gray', '-r', String(dotsPerInch), '-singlefile', 'paper.pdf', 'page')
    const { stdout } = spawnSync('zbarimg', ['-q', 'page.png'], { cwd: folder, encoding: 'utf8' })
    return stdout.split('\n').filter((line) => /^(QR-Code|CODE-128):/.test(line))
  })
}

/** How many pictures stand in a PDF; the masks of transparent ones are not counted. */
export function imagesOn(pdf: Buffer): number {
  const lines = inFolder(pdf, (folder) => run(folder, 'pdfimages', '-list', 'paper.pdf').split('\n').slice(2))
  return lines.filter((line) => line.trim().split(/\s+/)[2] === 'image').length
}

/** Where the first word of each page stands, in points from the left and the top. */
export function placesOf(pdf: Buffer): readonly { readonly x: number; readonly y: number }[] {
  const boxes = inFolder(pdf, (folder) => run(folder, 'pdftotext', '-bbox', 'paper.pdf', '-'))
  return boxes
    .split('<page ')
    .slice(1)
    .map((page) => {
      const [, x, y] = /<word xMin="([\d.]+)" yMin="([\d.]+)"/.exec(page) ?? ['', 'NaN', 'NaN']
      return { x: Number(x), y: Number(y) }
    })
}
