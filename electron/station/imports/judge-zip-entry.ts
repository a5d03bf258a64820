import { asItIs, type BothWords, filling, inBoth } from '../../../shared/problems/both-words.ts'
import type { Problem } from '../../../shared/problems/problem.ts'

/** What the central directory says of an entry (APPNOTE 4.3.12). */
export type ZipEntryFacts = {
  readonly nameBytes: Buffer
  readonly flags: number
  readonly method: number
  readonly compressedSize: number
  readonly uncompressedSize: number
  readonly externalAttributes: number
  /** Of the local header. */
  readonly offset: number
}

export type ZipEntryVerdict =
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'refused'; readonly name: string; readonly problem: Problem }

const mebibyte = 1024 * 1024
export const zipLimits = {
  /** Of one entry, bytes. */
  entry: 4096 * mebibyte,
  /** Of all entries together, bytes. */
  total: 20 * 1024 * mebibyte,
  entries: 200_000,
  /** Of all names together, bytes. */
  names: 64 * mebibyte,
  /** What is larger than `calm` may not grow more than this many times. */
  ratio: 100,
  calm: 10 * mebibyte,
} as const

const oneOf = (megabytes: number) => inBoth(`单个文件 ${megabytes} MB`, `one file of ${megabytes} MB`)
export const tooManyFiles = (most: number) => inBoth(`超过 ${most} 个文件`, `more than ${most} files`)
const overlapping = inBoth('文件在压缩包里互相重叠', 'its files overlap')

const utf8 = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030')

/** Pure. Names serve the report only and never become a path; those that would lead elsewhere are refused all the same. */
export function judgeZipEntry(entry: ZipEntryFacts, limits: typeof zipLimits = zipLimits): ZipEntryVerdict {
  const name = zipNameOf(entry.nameBytes)
  const shown = name.replace(/\p{Cc}/gu, '�').slice(0, 300)
  const refused = (code: Problem['code'], detail = asItIs('')): ZipEntryVerdict => ({
    kind: 'refused',
    name: shown,
    problem: { code, with: { file: shown, ...filling('detail', detail) } },
  })
  if (leadsElsewhere(name)) return refused('ZIP-NAME')
  const unixType = (entry.externalAttributes >>> 16) & 0o170000
  if (unixType !== 0 && unixType !== 0o100000 && unixType !== 0o040000) return refused('IMPORT-LINK')
  if (name.endsWith('/')) return { kind: 'folder' }
  if ((entry.flags & 0x2041) !== 0) return refused('ZIP-ENCRYPTED')
  if (entry.method !== 0 && entry.method !== 8) return refused('ZIP-METHOD')
  if (entry.uncompressedSize > limits.entry)
    return refused('ZIP-BOMB', oneOf(Math.round(entry.uncompressedSize / mebibyte)))
  const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1)
  if (entry.uncompressedSize > limits.calm && ratio > limits.ratio)
    return refused('ZIP-BOMB', inBoth(`${Math.round(ratio)} 倍`, `${Math.round(ratio)} times`))
  return { kind: 'file', name: shown }
}

/** Chinese ZIPs from Windows carry GBK names without saying so; UTF-8 that is valid is UTF-8 whatever the flag says. */
export function zipNameOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return gb18030.decode(bytes)
  }
}

function leadsElsewhere(name: string): boolean {
  return (
    name === '' ||
    /[\0\\]/u.test(name) ||
    name.startsWith('/') ||
    /^[A-Za-z]:/u.test(name) ||
    name.split('/').some((part) => part === '..' || part === '.')
  )
}

/** Pure: something that the whole archive is refused for, in words; undefined when there is nothing. */
export function judgeZip(
  entries: readonly ZipEntryFacts[],
  limits: typeof zipLimits = zipLimits,
): { readonly code: 'ZIP-BOMB' | 'ZIP-DAMAGED'; readonly detail: BothWords } | undefined {
  if (entries.length > limits.entries) return { code: 'ZIP-BOMB', detail: tooManyFiles(limits.entries) }
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (total > limits.total) {
    const size = `${Math.round(total / mebibyte / 1024)} GB`
    return { code: 'ZIP-BOMB', detail: inBoth(`共 ${size}`, `${size} in all`) }
  }
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset)
  let end = 0
  for (const entry of inOrder) {
    if (entry.offset < end) return { code: 'ZIP-DAMAGED', detail: overlapping }
    end = entry.offset + 30 + entry.nameBytes.length + entry.compressedSize
  }
  return undefined
}
