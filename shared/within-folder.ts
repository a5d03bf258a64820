import { isAbsolute, relative, sep } from 'node:path'

/** Pure on paths: `path` is `folder` or lies in it. */
export function isWithinFolder(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`))
}
