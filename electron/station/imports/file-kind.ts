import { readPart10Beginning } from '../archive/part10.ts'

export type FileKind = 'dicom' | 'jpeg' | 'png' | 'pdf' | 'video' | 'zip' | 'other-archive' | 'other'

const begins = (bytes: Buffer, ...values: readonly number[]) => values.every((value, at) => bytes[at] === value)

/** Pure: what a file is, by its first bytes and never by its name. */
export function fileKindOf(beginning: Buffer): FileKind {
  if (beginning.toString('latin1', 128, 132) === 'DICM') return 'dicom'
  if (begins(beginning, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (begins(beginning, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (beginning.subarray(0, 1024).includes('%PDF-')) return 'pdf'
  if (beginning.toString('latin1', 4, 8) === 'ftyp') return 'video'
  if (begins(beginning, 0x50, 0x4b, 3, 4) || begins(beginning, 0x50, 0x4b, 5, 6)) return 'zip'
  if (isOtherArchive(beginning)) return 'other-archive'
  return readPart10Beginning(beginning) ? 'dicom' : 'other'
}

/** RAR, 7z, gzip, bzip2, xz, tar. */
function isOtherArchive(bytes: Buffer): boolean {
  return (
    begins(bytes, 0x52, 0x61, 0x72, 0x21, 0x1a, 0x07) ||
    begins(bytes, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c) ||
    begins(bytes, 0x1f, 0x8b, 0x08) ||
    begins(bytes, 0x42, 0x5a, 0x68) ||
    begins(bytes, 0xfd, 0x37, 0x7a, 0x58, 0x5a) ||
    bytes.toString('latin1', 257, 262) === 'ustar'
  )
}
