import { existsSync, linkSync, statSync, unlinkSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { KeepParts } from './keep-object.ts'

/**
 * At start, before the sweep: a file that has its name in incoming/ and belongs into the store gets its name there for good; an empty
 * one was made ready for an object that never came. What stays was never acknowledged.
 */
export async function settleParts({ folder, sql, syncFolder }: KeepParts): Promise<void> {
  const incoming = join(folder, 'incoming')
  const parts = (await readdir(incoming)).filter((name) => name.endsWith('.part'))
  if (parts.length === 0) return
  const stored = await namesInStore(folder)
  const settled: { readonly part: string; readonly folder: string }[] = []
  for (const name of parts) {
    const part = join(incoming, name)
    const id = basename(name, '.part')
    const row = sql.versionRow(id)
    const path = row && row.id === id ? join(folder, row.file) : stored.get(id)
    if (path === undefined) {
      if (statSync(part).size === 0) unlinkSync(part)
      continue
    }
    if (!existsSync(path)) linkSync(part, path)
    else if (statSync(path).ino !== statSync(part).ino) continue
    settled.push({ part, folder: dirname(path) })
  }
  for (const one of new Set(settled.map((file) => file.folder))) await syncFolder(one)
  for (const { part } of settled) unlinkSync(part)
}

/** By the id in the name. */
async function namesInStore(folder: string): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const entry of await readdir(join(folder, 'store'), { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) names.set(basename(entry.name, '.dcm'), join(entry.parentPath, entry.name))
  }
  return names
}
