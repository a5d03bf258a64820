import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { finished } from 'node:stream/promises'

export type MirrorCounts = { readonly files: number; readonly bytes: number; readonly copied: number }

/**
 * Copies every file of a folder that its mirror lacks, or has with another length or time; what is gone here stays there. Each copy is
 * written under another name, synced, read back and compared with what was read, and only then gets its name. A file that goes away
 * meanwhile is no failure. Throws what the file system says, or an Error with code EBADCOPY where the place gave back other bytes.
 */
export async function mirrorFiles(
  from: string,
  to: string,
  isWanted: (path: string) => boolean,
  signal: AbortSignal,
): Promise<MirrorCounts> {
  let files = 0
  let bytes = 0
  let copied = 0
  for (const path of await filesBelow(from, isWanted)) {
    signal.throwIfAborted()
    const source = await stat(join(from, path)).catch(() => undefined)
    if (!source) continue
    files++
    bytes += source.size
    const there = await stat(join(to, path)).catch(() => undefined)
    if (there && there.size === source.size && Math.abs(there.mtimeMs - source.mtimeMs) < 2000) continue
    if (await copyChecked(join(from, path), join(to, path))) copied++
  }
  return { files, bytes, copied }
}

async function filesBelow(folder: string, isWanted: (path: string) => boolean): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = relative(folder, join(entry.parentPath, entry.name))
    if (isWanted(path.replaceAll('\\', '/'))) found.push(path)
  }
  return found
}

/** False: the file is gone. */
async function copyChecked(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true })
  const half = `${to}.copying`
  const hash = createHash('sha256')
  const out = createWriteStream(half, { flush: true })
  try {
    for await (const piece of createReadStream(from)) {
      hash.update(piece)
      if (!out.write(piece)) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
    }
    out.end()
    await finished(out)
  } catch (error) {
    out.destroy()
    await rm(half, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && (error as NodeJS.ErrnoException).path === from)
      return false
    throw error
  }
  if ((await hashOf(half)) !== hash.digest('hex')) {
    await rm(half, { force: true })
    throw Object.assign(new Error(`the copy of ${to} is not what was written`), { code: 'EBADCOPY' })
  }
  const { atime, mtime } = await stat(from)
  await utimes(half, atime, mtime)
  await rename(half, to)
  return true
}

/** From the disk where the system allows: a file that was just written is otherwise read from memory. */
async function hashOf(path: string): Promise<string> {
  const file = await open(path, 'r')
  const hash = createHash('sha256')
  for await (const piece of file.createReadStream()) hash.update(piece)
  return hash.digest('hex')
}
