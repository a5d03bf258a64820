import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** A simulated cloud's ledger: kept in memory, and in a file when one is given, so that a restart finds it again. */
export function openLedger<T>(file: string | undefined, empty: T): { readonly ledger: T; readonly save: () => void } {
  const ledger = (file === undefined ? undefined : readLedger<T>(file)) ?? empty
  return {
    ledger,
    save: () => {
      if (file === undefined) return
      writeFileSync(`${file}.part`, JSON.stringify(ledger, null, 1))
      renameSync(`${file}.part`, file)
    },
  }
}

function readLedger<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return undefined
  }
}
