import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The reports that a simulated cloud holds, by SHA-256: in memory, and beside its ledger's file when it has one. */
export type PdfShelf = {
  readonly put: (sha256: string, bytes: Buffer) => void
  readonly get: (sha256: string) => Buffer | undefined
}

export function createPdfShelf(ledgerFile: string | undefined): PdfShelf {
  const inMemory = new Map<string, Buffer>()
  const folder = ledgerFile === undefined ? undefined : `${ledgerFile}-pdf`
  return {
    put: (sha256, bytes) => {
      inMemory.set(sha256, bytes)
      if (folder === undefined) return
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `${sha256}.pdf`), bytes)
    },
    get: (sha256) =>
      inMemory.get(sha256) ?? (folder === undefined ? undefined : readPdf(join(folder, `${sha256}.pdf`))),
  }
}

function readPdf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
