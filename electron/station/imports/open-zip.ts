import { Transform } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { ImportItem } from './import-item.ts'
import { judgeZip, judgeZipEntry, tooManyFiles, type ZipEntryFacts, zipLimits } from './judge-zip-entry.ts'
import { UnreadableError } from './walk-folder.ts'

const badSum = inBoth('校验和不符', 'the checksum of the ZIP does not fit')
const tooLong = inBoth('目录过大', 'its directory is too large')
const notAZip = (error: unknown) => {
  const { message } = error as Error
  return inBoth(`压缩包的结构有误（${message}）`, message)
}

export type OpenedZip = {
  /** Everything but folders, in the archive's order. */
  readonly items: readonly ImportItem[]
  close(): void
}

/**
 * Reads the whole directory of a ZIP before a byte of its files, and refuses what would lead elsewhere, is hidden, or grows beyond
 * measure. Nothing is written anywhere. `shownName`: how people know the archive.
 */
export async function openZip(path: string, shownName: string): Promise<Outcome<OpenedZip>> {
  let zip: ZipFile
  try {
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    })
  } catch (error) {
    return fail('ZIP-DAMAGED', { file: shownName, ...filling('detail', notAZip(error)) })
  }
  zip.on('error', () => {}) // each reader of an entry is told by itself
  const found = await readDirectory(zip, shownName)
  if (!found.ok) {
    zip.close()
    return found
  }
  const items = found.value.flatMap((entry): ImportItem[] => {
    const verdict = judgeZipEntry(factsOf(entry))
    if (verdict.kind === 'folder') return []
    const name = `${shownName}/${verdict.name}`
    if (verdict.kind === 'refused')
      return [{ kind: 'refused', name, problem: { ...verdict.problem, with: { ...verdict.problem.with, file: name } } }]
    const open = async () => (await zip.openReadStreamPromise(entry)).compose(crcCheck(entry.crc32)) as never
    return [{ kind: 'file', name, size: entry.uncompressedSize, open, isPart: true }]
  })
  return ok({ items, close: () => zip.close() })
}

async function readDirectory(zip: ZipFile, shownName: string): Promise<Outcome<Entry[]>> {
  const entries: Entry[] = []
  let names = 0
  try {
    if (zip.entryCount > zipLimits.entries)
      return fail('ZIP-BOMB', { file: shownName, ...filling('detail', tooManyFiles(zipLimits.entries)) })
    for await (const entry of zip.eachEntry()) {
      entries.push(entry)
      names += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength
      if (names > zipLimits.names) return fail('ZIP-BOMB', { file: shownName, ...filling('detail', tooLong) })
    }
  } catch (error) {
    const { message } = error as Error
    if (message.includes('encryption')) return fail('ZIP-ENCRYPTED', { file: shownName })
    return fail('ZIP-DAMAGED', { file: shownName, ...filling('detail', notAZip(error)) })
  }
  const against = judgeZip(entries.map(factsOf))
  return against ? fail(against.code, { file: shownName, ...filling('detail', against.detail) }) : ok(entries)
}

function factsOf(entry: Entry): ZipEntryFacts {
  return {
    nameBytes: entry.fileName as unknown as Buffer, // decodeStrings: false
    flags: entry.generalPurposeBitFlag,
    method: entry.compressionMethod,
    compressedSize: entry.compressedSize,
    uncompressedSize: entry.uncompressedSize,
    externalAttributes: entry.externalFileAttributes,
    offset: entry.relativeOffsetOfLocalHeader,
  }
}

/** The library does not compare the checksum: a bit that fell over would become an image. */
function crcCheck(expected: number): Transform {
  let sum = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum)
      done(null, chunk)
    },
    flush: (done) => done(sum === expected ? null : new UnreadableError(badSum)),
  })
}
