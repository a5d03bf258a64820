import { gather, peekStream } from '../archive/peek-stream.ts'
import type { ImportItem } from './import-item.ts'
import { comparableFileId, largestDicomdir, readDicomdir } from './read-dicomdir.ts'

const isDicomdir = (name: string) => /(^|\/)DICOMDIR\.?(;1)?$/iu.test(name)
const folderOf = (name: string) => name.slice(0, name.lastIndexOf('/') + 1)

/**
 * Puts what a medium's directory names first, tells what it names and is not there, and marks what lies beside it: icons and papers
 * there belong to a viewer, not to a patient. A directory that cannot be read changes nothing.
 */
export async function guideByDicomdir(items: readonly ImportItem[]): Promise<ImportItem[]> {
  let guided = [...items]
  for (const directory of items) {
    if (directory.kind !== 'file' || !isDicomdir(directory.name)) continue
    const named = await namesIn(directory)
    if (named) guided = orderByDicomdir(guided, folderOf(directory.name), named)
  }
  return guided
}

async function namesIn(directory: ImportItem & { kind: 'file' }): Promise<readonly string[] | undefined> {
  try {
    const stream = await peekStream(await directory.open())
    try {
      const bytes = await gather(stream.all(), largestDicomdir)
      return bytes && readDicomdir(bytes)
    } finally {
      stream.close()
    }
  } catch {
    return undefined // told when its own turn comes
  }
}

/** Pure. `base`: the folder of the DICOMDIR, '' or ending in '/'. */
export function orderByDicomdir(items: readonly ImportItem[], base: string, named: readonly string[]): ImportItem[] {
  const isBelow = (name: string) => name.startsWith(base)
  const rank = new Map(named.map((name, index) => [comparableFileId(name), index]))
  const rankOf = ({ name }: ImportItem) =>
    isBelow(name) ? rank.get(comparableFileId(name.slice(base.length))) : undefined
  const marked = items.map((item) => (item.kind === 'file' && isBelow(item.name) ? { ...item, isBeside: true } : item))
  const first = marked.filter((item) => rankOf(item) !== undefined).sort((a, b) => rankOf(a)! - rankOf(b)!)
  const rest = marked.filter((item) => rankOf(item) === undefined)
  const there = new Set(first.map((item) => rankOf(item)))
  const missing = named
    .filter((_, index) => !there.has(index))
    .map(
      (name): ImportItem => ({
        kind: 'refused',
        name: `${base}${name}`,
        problem: { code: 'IMPORT-NOT-THERE', with: { file: `${base}${name}`.slice(0, 300) } },
      }),
    )
  return [...first, ...rest, ...missing]
}
