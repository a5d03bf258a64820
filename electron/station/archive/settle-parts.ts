import { existsSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { KeepParts } from './archive-parts.ts'
import type { VersionRow } from './archive-sql.ts'
import { crcOfFile } from './crc-of-file.ts'

/**
 * At start, before the sweep: a file that has its name in incoming/ and belongs into the store gets its name there for good; an empty
 * one was made ready for an object that never came. A row may have reached the disk before the bytes: without a name in the store, a
 * file is what its row says or was never acknowledged. What stays was not.
 */
export async function settleParts({ folder, sql, syncFolder, log }: KeepParts): Promise<void> {
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
    if (!existsSync(path)) {
      if (row && !(await isAsRecorded(part, row))) {
        log.warn(
          { versionId: id },
          'the power went before the bytes of an object were on the disk; its sender was not told that it arrived',
        )
        continue
      }
      renameSync(part, path)
    } else if (statSync(path).ino !== statSync(part).ino) continue
    settled.push({ part, folder: dirname(path) })
  }
  for (const one of new Set(settled.map((file) => file.folder))) await syncFolder(one)
  for (const { part } of settled) rmSync(part, { force: true })
}

async function isAsRecorded(path: string, row: VersionRow): Promise<boolean> {
  if (statSync(path).size !== row.data_set_offset + row.size_bytes) return false
  return (await crcOfFile(path, row.data_set_offset)) === row.crc32
}

/** By the id in the name. */
async function namesInStore(folder: string): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const entry of await readdir(join(folder, 'store'), { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) names.set(basename(entry.name, '.dcm'), join(entry.parentPath, entry.name))
  }
  return names
}
