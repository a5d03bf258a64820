import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeCopy, readCopy } from '../../electron/station/uploads/copy-to-send.ts'
import { describeWith } from '../peers.ts'

const corpus = process.env.CORPUS_DIR ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
const wanted = {
  AccessionNumber: 'A1',
  PatientName: 'Zhang^San=张^三',
  PatientID: 'P1',
  PatientBirthDate: '19800101',
  PatientSex: 'M',
}
/** What may differ between an original and its copy, as dcmdump begins the line. */
const changed = /^\((0008,0050|0010,00[1234]0|0008,0001|(0008|0010|0400),0000)\)/

/** Where the data set of a file begins and in which syntax it is; undefined for what has no meta group as PS3.10 7.1 wants it. */
function readHead(file: Buffer): { readonly offset: number; readonly transferSyntaxUid: string } | undefined {
  if (file.length < 144 || file.toString('latin1', 128, 136) !== 'DICM\x02\x00\x00\x00') return undefined
  const offset = 144 + file.readUInt32LE(140)
  const at = file.subarray(0, offset).indexOf(Buffer.from([2, 0, 0x10, 0, 0x55, 0x49]))
  if (at < 0) return undefined
  const value = file.toString('latin1', at + 8, at + 8 + file.readUInt16LE(at + 6))
  return { offset, transferSyntaxUid: value.replace(/[\0 ]+$/, '') }
}

/** dcmdump's lines without comments, without what may differ, and without the top level's OriginalAttributesSequence. */
function dump(path: string): readonly string[] {
  const { stdout } = spawnSync('dcmdump', ['-q', path], { encoding: 'latin1', maxBuffer: 256 * 1024 * 1024 })
  const lines: string[] = []
  let inHistory = false
  for (const line of stdout.split('\n')) {
    const isTop = /^\((?!fffe)/.test(line)
    if (isTop) inHistory = line.startsWith('(0400,0561)')
    if (line !== '' && !line.startsWith('#') && !inHistory && !changed.test(line)) lines.push(line)
  }
  return lines
}

describeWith(['dcmtk'], 'real files of many devices', () => {
  test.skipIf(!existsSync(corpus))(
    'each copy reads as its original in everything but what was changed',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'corpus-'))
      const copyPath = join(folder, 'copy.dcm')
      const refused: string[] = []
      let read = 0
      for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
        const path = join(corpus, name)
        const file = name.endsWith('.dcm') ? readFileSync(path) : Buffer.alloc(0)
        const head = readHead(file)
        if (!head) continue
        read += 1
        const dataSet = file.subarray(head.offset)
        const stored = { path, length: dataSet.length, crc32: crc32(dataSet), ...head }
        const made = await makeCopy(stored, wanted, { at: 0, system: 'YINGZHAN' })
        if (made.kind === 'failed') {
          refused.push(`${name} ${made.reason.code}`)
          continue
        }
        const pieces: Buffer[] = []
        for await (const piece of readCopy(made.copy)) pieces.push(piece)
        writeFileSync(copyPath, Buffer.concat([file.subarray(0, head.offset), ...pieces]))
        expect(dump(copyPath), name).toEqual(dump(path))
      }
      rmSync(folder, { recursive: true, force: true })
      console.info(`${read} files read, ${refused.length} without a SOPInstanceUID or damaged`)
      expect(read).toBeGreaterThan(50)
      // DICOMDIRs, files without a SOPInstanceUID, and damaged ones: the archive takes none of them in.
      expect(refused.length).toBeLessThan(read / 10)
    },
    60_000,
  )
})
