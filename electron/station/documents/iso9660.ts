/** One file on the disc. `path`: folders and name; `plainPath`: the same in the letters of ISO 9660 level 2 (A–Z, 0–9, _ and one dot). */
export type IsoFile = { readonly path: readonly string[]; readonly plainPath: readonly string[]; readonly size: number }

export type IsoLayout = {
  /** Of the whole image, bytes. */
  readonly size: number
  /** Everything before the files. Then each file follows in the given order, padded with zeros to whole sectors. */
  readonly head: Buffer
}

export const isoSector = 2048
const firstDescriptor = 16

type Folder = {
  readonly name: string
  readonly folders: Folder[]
  readonly files: { name: string; index: number }[]
  number: number
  parent: Folder | undefined
  sector: number
  sectors: number
}
type Tree = { readonly folders: readonly Folder[]; readonly encode: (name: string) => Buffer }

const sectorsOf = (bytes: number) => Math.ceil(bytes / isoSector)
const plain = (name: string) => Buffer.from(name, 'latin1')
/** Joliet: UCS-2, big endian. */
const wide = (name: string) => Buffer.from(name, 'utf16le').swap16()

/**
 * Pure: an ISO 9660 (ECMA-119) image with plain names and a second tree with Joliet names, so that Chinese names are read. Sizes and places
 * are known before a byte of a file is read. A file of 4 GiB or more does not fit (ECMA-119 9.1.4).
 */
export function layoutIso(files: readonly IsoFile[], volume: { readonly id: string; readonly at: number }): IsoLayout {
  const trees: readonly Tree[] = [
    { folders: treeOf(files.map((file) => file.plainPath)), encode: plain },
    { folders: treeOf(files.map((file) => file.path)), encode: wide },
  ]
  const tables = trees.map((tree) => pathTable(tree, 'LE').length)
  let sector = firstDescriptor + 3
  const tableSectors = tables.map((length) => {
    const [little, big] = [sector, sector + sectorsOf(length)]
    sector = big + sectorsOf(length)
    return { little, big }
  })
  for (const tree of trees)
    for (const folder of tree.folders) {
      folder.sector = sector
      folder.sectors = sectorsOf(directoryLength(folder, tree))
      sector += folder.sectors
    }
  const headSectors = sector
  const fileSectors = files.map((file) => {
    const at = sector
    sector += sectorsOf(file.size)
    return at
  })
  const head = Buffer.alloc(headSectors * isoSector)
  for (const [index, tree] of trees.entries()) {
    const place = { ...tableSectors[index]!, length: tables[index]! }
    descriptor(tree, volume, sector, place, index === 1).copy(head, (firstDescriptor + index) * isoSector)
    pathTable(tree, 'LE').copy(head, place.little * isoSector)
    pathTable(tree, 'BE').copy(head, place.big * isoSector)
    for (const folder of tree.folders) writeDirectory(head, folder, tree, files, fileSectors, volume.at)
  }
  head.write('\xffCD001\x01', (firstDescriptor + 2) * isoSector, 'latin1')
  return { size: sector * isoSector, head }
}

/** Folders level by level, by name within a level (ECMA-119 6.9.1); the root first. */
function treeOf(paths: readonly (readonly string[])[]): Folder[] {
  const made = (name: string, parent: Folder | undefined): Folder => ({
    name,
    folders: [],
    files: [],
    number: 0,
    parent,
    sector: 0,
    sectors: 0,
  })
  const root = made('', undefined)
  for (const [index, path] of paths.entries()) {
    let folder = root
    for (const name of path.slice(0, -1)) {
      let inner = folder.folders.find((one) => one.name === name)
      if (!inner) {
        inner = made(name, folder)
        folder.folders.push(inner)
      }
      folder = inner
    }
    folder.files.push({ name: path.at(-1)!, index })
  }
  const folders: Folder[] = []
  for (let level = [root]; level.length > 0; ) {
    for (const folder of level) {
      folders.push(folder)
      folder.number = folders.length
      folder.folders.sort((a, b) => Buffer.compare(wide(a.name), wide(b.name)))
    }
    level = level.flatMap((folder) => folder.folders)
  }
  return folders
}

const recordLength = (identifier: number) => 33 + identifier + ((33 + identifier) % 2)

function entriesOf(folder: Folder, { encode }: Tree) {
  const inner = [
    ...folder.folders.map((one) => ({ identifier: encode(one.name), folder: one })),
    ...folder.files.map((file) => ({
      identifier: encode(`${file.name}${file.name.includes('.') ? '' : '.'};1`),
      file,
    })),
  ]
  return inner.sort((a, b) => Buffer.compare(a.identifier, b.identifier))
}

/** A record does not cross a sector (ECMA-119 6.8.1.1). */
function place(at: number, length: number): number {
  const left = isoSector - (at % isoSector)
  return length > left ? at + left : at
}

function directoryLength(folder: Folder, tree: Tree): number {
  let at = 2 * recordLength(1)
  for (const { identifier } of entriesOf(folder, tree)) {
    const length = recordLength(identifier.length)
    at = place(at, length) + length
  }
  return at
}

function writeDirectory(
  head: Buffer,
  folder: Folder,
  tree: Tree,
  files: readonly IsoFile[],
  fileSectors: readonly number[],
  time: number,
): void {
  const start = folder.sector * isoSector
  const parent = folder.parent ?? folder
  let at = 0
  const put = (identifier: Buffer, sector: number, size: number, isFolder: boolean) => {
    const record = directoryRecord(identifier, sector, size, isFolder, time)
    at = place(at, record.length)
    record.copy(head, start + at)
    at += record.length
  }
  put(Buffer.from([0]), folder.sector, folder.sectors * isoSector, true)
  put(Buffer.from([1]), parent.sector, parent.sectors * isoSector, true)
  for (const entry of entriesOf(folder, tree)) {
    if ('folder' in entry) put(entry.identifier, entry.folder.sector, entry.folder.sectors * isoSector, true)
    else put(entry.identifier, fileSectors[entry.file.index]!, files[entry.file.index]!.size, false)
  }
}

/** ECMA-119 9.1. */
function directoryRecord(identifier: Buffer, sector: number, size: number, isFolder: boolean, time: number): Buffer {
  const record = Buffer.alloc(recordLength(identifier.length))
  record[0] = record.length
  bothEndian32(record, 2, sector)
  bothEndian32(record, 10, size)
  const china = new Date(time + 8 * 3600_000)
  record[18] = china.getUTCFullYear() - 1900
  record[19] = china.getUTCMonth() + 1
  record[20] = china.getUTCDate()
  record[21] = china.getUTCHours()
  record[22] = china.getUTCMinutes()
  record[23] = china.getUTCSeconds()
  record[24] = 32 // quarters of an hour east of Greenwich
  record[25] = isFolder ? 2 : 0
  bothEndian16(record, 28, 1)
  record[32] = identifier.length
  identifier.copy(record, 33)
  return record
}

/** ECMA-119 9.4. */
function pathTable({ folders, encode }: Tree, order: 'LE' | 'BE'): Buffer {
  return Buffer.concat(
    folders.map((folder) => {
      const name = folder.parent ? encode(folder.name) : Buffer.from([0])
      const record = Buffer.alloc(8 + name.length + (name.length % 2))
      record[0] = name.length
      const parent = folder.parent?.number ?? 1
      if (order === 'LE') {
        record.writeUInt32LE(folder.sector, 2)
        record.writeUInt16LE(parent, 6)
      } else {
        record.writeUInt32BE(folder.sector, 2)
        record.writeUInt16BE(parent, 6)
      }
      name.copy(record, 8)
      return record
    }),
  )
}

/** Primary (ECMA-119 8.4), or supplementary with the escape sequence of UCS-2 level 3, by which Joliet is known. */
function descriptor(
  { folders, encode }: Tree,
  volume: { readonly id: string; readonly at: number },
  sectors: number,
  table: { readonly little: number; readonly big: number; readonly length: number },
  isJoliet: boolean,
): Buffer {
  const bytes = Buffer.alloc(isoSector)
  const blank = isJoliet ? wide(' ') : plain(' ')
  const text = (at: number, length: number, value: string) => {
    for (let offset = 0; offset + blank.length <= length; offset += blank.length) blank.copy(bytes, at + offset)
    encode(value)
      .subarray(0, length - (length % blank.length))
      .copy(bytes, at)
  }
  bytes[0] = isJoliet ? 2 : 1
  bytes.write('CD001\x01', 1, 'latin1')
  text(8, 32, '')
  text(40, 32, volume.id)
  bothEndian32(bytes, 80, sectors)
  if (isJoliet) bytes.write('%/E', 88, 'latin1')
  bothEndian16(bytes, 120, 1)
  bothEndian16(bytes, 124, 1)
  bothEndian16(bytes, 128, isoSector)
  bothEndian32(bytes, 132, table.length)
  bytes.writeUInt32LE(table.little, 140)
  bytes.writeUInt32BE(table.big, 148)
  const root = folders[0]!
  directoryRecord(Buffer.from([0]), root.sector, root.sectors * isoSector, true, volume.at).copy(bytes, 156)
  for (const [at, length] of [
    [190, 128],
    [318, 128],
    [446, 128],
    [574, 128],
    [702, 37],
    [739, 37],
    [776, 37],
  ] as const)
    text(at, length, '')
  const time = new Date(volume.at + 8 * 3600_000).toISOString().replace(/\D/gu, '').slice(0, 16)
  for (const at of [813, 830]) {
    bytes.write(time, at, 'latin1')
    bytes[at + 16] = 32
  }
  for (const at of [847, 864]) bytes.write('0'.repeat(16), at, 'latin1')
  bytes[881] = 1
  return bytes
}

function bothEndian32(bytes: Buffer, at: number, value: number): void {
  bytes.writeUInt32LE(value, at)
  bytes.writeUInt32BE(value, at + 4)
}

function bothEndian16(bytes: Buffer, at: number, value: number): void {
  bytes.writeUInt16LE(value, at)
  bytes.writeUInt16BE(value, at + 2)
}
