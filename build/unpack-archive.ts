import { inflateRawSync } from 'node:zlib'

export type ZipEntry = Readonly<{ name: string; mode: number; isFolder: boolean; read: () => Buffer }>

const tarBlock = 512

/** The first file of a tar whose name ends like this. */
export function fileInTar(tar: Buffer, ending: string): Buffer | undefined {
  for (let at = 0; at + tarBlock <= tar.length; ) {
    const text = (from: number, length: number) => tar.toString('latin1', at + from, at + from + length).split('\0')[0]
    const name = text(0, 100) ?? ''
    const size = Number.parseInt(text(124, 12) ?? '', 8)
    if (name === '' || Number.isNaN(size)) return undefined
    if (name.endsWith(ending)) return tar.subarray(at + tarBlock, at + tarBlock + size)
    at += tarBlock + Math.ceil(size / tarBlock) * tarBlock
  }
  return undefined
}

/** What a zip holds, read from its central directory. Zip64 and encryption do not occur where this is used. */
export function zipEntries(zip: Buffer): readonly ZipEntry[] {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0) throw new Error('not a zip file')
  const entries: ZipEntry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const method = zip.readUInt16LE(at + 10)
    const packedSize = zip.readUInt32LE(at + 20)
    const nameLength = zip.readUInt16LE(at + 28)
    const local = zip.readUInt32LE(at + 42)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const read = () => {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const packed = zip.subarray(start, start + packedSize)
      return method === 0 ? packed : inflateRawSync(packed)
    }
    entries.push({ name, mode: (zip.readUInt32LE(at + 38) >>> 16) & 0o777, isFolder: name.endsWith('/'), read })
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}
