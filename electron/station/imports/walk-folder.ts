import { constants } from 'node:fs'
import { open, opendir, realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, relative } from 'node:path'
import type { Readable } from 'node:stream'
import { asItIs, type BothWords, filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { isWithinFolder } from '../../../shared/within-folder.ts'
import type { ImportItem } from './import-item.ts'

const deepest = 64
const mostFiles = 200_000
const noFileNorFolder = inBoth('既不是文件夹，也不是文件', 'neither a folder nor a file')

export type FoundPlace = { readonly kind: 'folder' | 'file'; readonly path: string }

/** What a person named: an absolute path on this computer that is there and is none of the station's own data. */
export async function findPlace(path: string, ownData: string): Promise<Outcome<FoundPlace>> {
  if (!isAbsolute(path))
    return fail('IMPORT-PATH', { path, ...filling('detail', inBoth('请写完整路径', 'write the full path')) })
  try {
    const real = await realpath(path)
    if (isWithinFolder(real, await realpath(ownData))) return fail('IMPORT-OWN-DATA', { path })
    if (isOfSystem(real)) return fail('IMPORT-SYSTEM-FOLDER', { path })
    const facts = await stat(real)
    if (facts.isDirectory()) return ok({ kind: 'folder', path: real })
    if (facts.isFile()) return ok({ kind: 'file', path: real })
    return fail('IMPORT-PATH', { path, ...filling('detail', noFileNorFolder) })
  } catch (error) {
    return fail('IMPORT-PATH', { path, ...filling('detail', wordsOf(error)) })
  }
}

/** A folder of the operating system, or one that holds such: its files are no images, some have no end. */
function isOfSystem(path: string): boolean {
  const windows = process.env.SystemRoot
  const folders = process.platform === 'win32' ? (windows ? [windows] : []) : ['/dev', '/proc', '/sys']
  return folders.some((folder) => isWithinFolder(path, folder) || isWithinFolder(folder, path))
}

/** How a person knows a file below the folder that was named: with that folder's own name before it. */
const shownName = (root: string, path: string) =>
  join(basename(root), relative(root, path)).replaceAll('\\', '/') || root

/**
 * Every file below a folder; links are not followed, devices and pipes are not opened, the station's own data is left out. A folder
 * that cannot be read, or lies deeper than 64, is told as refused.
 */
export async function walkFolder(root: string, ownData: string): Promise<Outcome<ImportItem[]>> {
  const items: ImportItem[] = []
  const own = await realpath(ownData)
  const waiting: { readonly path: string; readonly depth: number }[] = [{ path: root, depth: 0 }]
  for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
    const shown = shownName(root, folder.path)
    if (isWithinFolder(folder.path, own)) {
      items.push({ kind: 'skipped', name: shown, problem: { code: 'IMPORT-OWN-DATA', with: { path: shown } } })
      continue
    }
    if (folder.depth > deepest) {
      items.push(unreadable(shown, inBoth(`超过 ${deepest} 层`, `more than ${deepest} folders deep`)))
      continue
    }
    try {
      for await (const entry of await opendir(folder.path)) {
        const path = join(folder.path, entry.name)
        if (entry.isDirectory()) waiting.push({ path, depth: folder.depth + 1 })
        else if (entry.isFile()) items.push(fileItem(path, shownName(root, path)))
        else items.push(link(shownName(root, path)))
        if (items.length > mostFiles) return fail('IMPORT-TOO-MANY', { path: root, limit: mostFiles })
      }
    } catch (error) {
      items.push(unreadable(shown, wordsOf(error)))
    }
  }
  return ok(items)
}

/** A file that is read when its turn comes: what was swapped for a link or a pipe in the meantime is not opened. */
export function fileItem(path: string, name: string, isPart = true): ImportItem {
  return {
    kind: 'file',
    name,
    path,
    isPart,
    mayOpen: true,
    async open(): Promise<Readable> {
      const noFollow = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
      const file = await open(path, constants.O_RDONLY | noFollow)
      if ((await file.stat()).isFile()) return file.createReadStream({ highWaterMark: 512 * 1024 })
      await file.close()
      throw new UnreadableError(inBoth('不是普通文件', 'not a plain file'))
    },
  }
}

function link(name: string): ImportItem {
  return { kind: 'skipped', name, problem: { code: 'IMPORT-LINK', with: { file: name } } }
}

function unreadable(name: string, detail: BothWords): ImportItem {
  return {
    kind: 'refused',
    name,
    problem: { code: 'IMPORT-UNREADABLE', with: { file: name, ...filling('detail', detail) } },
  }
}

/** A source that tells in both languages why it cannot be read. */
export class UnreadableError extends Error {
  readonly words: BothWords
  constructor(words: BothWords) {
    super(words.english)
    this.words = words
  }
}

/** Failures of the file system as people say them. */
export function wordsOf(error: unknown): BothWords {
  if (error instanceof UnreadableError) return error.words
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return inBoth('没有这个文件夹或文件', 'there is no such folder or file')
    case 'EACCES':
    case 'EPERM':
      return inBoth('没有权限', 'no permission')
    case 'EIO':
      return inBoth('介质读取出错', 'the medium cannot be read')
    case 'ENOSPC':
      return inBoth('空间不足', 'no room left')
    case 'EROFS':
      return inBoth('介质写保护', 'the medium is write-protected')
    default:
      return asItIs(code ?? message)
  }
}
