import { access, constants, mkdir, open, realpath, rm, stat, statfs } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { asItIs, type BothWords, filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok, type Problem } from '../../../shared/problems/problem.ts'
import { isWithinFolder } from '../../../shared/within-folder.ts'
import type { TakeAway } from './take-away.ts'
import { bytesOf } from './take-away-stream.ts'

/** What a file system needs beside the files, bytes. */
const spare = 16 * 1024 * 1024

export type WrittenTakeAway = { readonly folder: string; readonly files: number; readonly bytes: number }

/**
 * Writes into a new folder below `target`, never over anything; every file and folder is on the medium before this returns. What failed
 * half-way is removed again.
 */
export async function writeTakeAway(
  takeAway: TakeAway,
  target: string,
  ownData: string,
): Promise<Outcome<WrittenTakeAway>> {
  const refused = (chinese: string, english: string) =>
    fail('TAKE-AWAY-FOLDER', { path: target, ...filling('detail', inBoth(chinese, english)) })
  if (!isAbsolute(target)) return refused('请写完整路径', 'write the whole path')
  let folder: string | undefined
  try {
    const real = await realpath(target)
    if (!(await stat(real)).isDirectory()) return refused('不是文件夹', 'it is no folder')
    if (isWithinFolder(real, await realpath(ownData)))
      return refused('这是本站自己的数据文件夹', 'it is the station’s own data folder')
    await access(real, constants.W_OK) // a burnt disc has no room either, and clearing it up would not help
    const system = await statfs(real)
    const free = system.bavail * system.bsize
    if (free < takeAway.bytes + spare)
      return fail('TAKE-AWAY-NO-ROOM', { path: target, needed: megabytes(takeAway.bytes), free: megabytes(free) })
    folder = await newFolder(real, takeAway.name)
    await writeAll(takeAway, folder)
    return ok({ folder, files: takeAway.files.length, bytes: takeAway.bytes })
  } catch (error) {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => {})
    const problem = problemOf(error, target)
    if (!problem) throw error
    return { ok: false, problem }
  }
}

async function newFolder(target: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = join(target, number === 1 ? name : `${name} (${number})`)
    try {
      await mkdir(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number >= 1000) throw error
    }
  }
}

async function writeAll({ files }: TakeAway, folder: string): Promise<void> {
  const folders = new Set([folder])
  for (const file of files) {
    const path = join(folder, ...file.path)
    if (!folders.has(dirname(path))) {
      await mkdir(dirname(path), { recursive: true })
      for (let inner = dirname(path); inner !== folder; inner = dirname(inner)) folders.add(inner)
    }
    const handle = await open(path, 'wx')
    try {
      for await (const bytes of bytesOf(file)) await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  if (process.platform === 'win32') return
  for (const one of [...folders, dirname(folder)]) {
    const handle = await open(one, 'r')
    await handle.sync().catch(() => {}) // some file systems of sticks sync no folders
    await handle.close()
  }
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`

const mayNot = inBoth('没有权限', 'it may not be written to')
const words: Readonly<Record<string, BothWords>> = {
  ENOENT: inBoth('没有这个文件夹', 'there is no such folder'),
  ENOTDIR: inBoth('不是文件夹', 'it is no folder'),
  EACCES: mayNot,
  EPERM: mayNot,
  EROFS: inBoth('写保护', 'it is write-protected'),
  EIO: inBoth('写入出错，介质可能已损坏或被拔出', 'writing failed: the medium may be damaged or was taken out'),
  ENODEV: inBoth('介质已被拔出', 'the medium was taken out'),
  ENAMETOOLONG: inBoth('路径太长', 'the path is too long'),
  EFBIG: inBoth('文件太大，请把 U 盘格式化为 exFAT', 'a file is too large: format the stick as exFAT'),
}

function problemOf(error: unknown, path: string): Problem | undefined {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC')
    return { code: 'TAKE-AWAY-NO-ROOM', with: { path, ...filling('needed', inBoth('更多', 'more')), free: '0 MB' } }
  if (code === undefined) return undefined
  return { code: 'TAKE-AWAY-FOLDER', with: { path, ...filling('detail', words[code] ?? asItIs(code)) } }
}
