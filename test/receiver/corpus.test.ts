import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { readHeader } from '../../electron/station/archive/read-header.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { storedDataSet } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { openReceiver, run } from './receiver-for-tests.ts'

const corpus = resolve(process.env.CORPUS_DIR ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus'))
const hasCorpus = existsSync(corpus)

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

const mediaStorageDirectory = '1.2.840.10008.1.3.10'

if (!hasCorpus)
  describe.skip(`real files of other makers (no corpus in CORPUS_DIR or ../shared/corpus)`, () =>
    test('skipped', () => {}))
else
  describeWith(['dcmtk'], 'real files of other makers', () => {
    test('each that DCMTK takes for DICOM is stored bit for bit, sent as it is', { timeout: 120_000 }, async () => {
      const station = await openReceiver()
      const modality = createSimulatedModality({ aeTitle: 'CT1', station: station.station })
      const counted = { read: 0, identical: 0, directories: 0 }
      const refused: string[] = []
      const cutShort: string[] = []
      for (const path of filesBelow(corpus)) {
        if ((await run('dcmftest', path)).code !== 0) continue
        counted.read++
        const bytes = readFileSync(path)
        const { object, dataSetOffset } = readPart10Beginning(bytes)!
        if (object.sopClassUid === mediaStorageDirectory) {
          counted.directories++
          continue
        }
        const dataSet = bytes.subarray(dataSetOffset)
        // As any sender must: the command names what the data set is. Where neither says it, a UID is made.
        const read = await readHeader(dataSet, object.transferSyntaxUid)
        const header = read.kind === 'header' ? read.header : undefined
        const sopInstanceUid = header?.sopInstanceUid || object.sopInstanceUid || newUid()
        const sopClassUid = header?.sopClassUid || object.sopClassUid || '1.2.840.10008.5.1.4.1.1.7'
        const [sent] = await modality.sendObjects([{ ...object, sopClassUid, sopInstanceUid, dataSet }])
        if (sent?.status === 0xb007) cutShort.push(basename(path))
        else if (sent?.status !== 0) {
          refused.push(`${path.slice(corpus.length)}: 0x${sent?.status.toString(16)}`)
          continue
        }
        const versions = station.archive.versionsOf(sopInstanceUid)
        const version = versions.find(({ crc32: held }) => held === crc32(dataSet))
        expect([path, version !== undefined]).toEqual([path, true])
        const stored = await storedDataSet(station.archive, version!.id)
        if (stored.equals(dataSet)) counted.identical++
        else throw new Error(`${path} was stored changed`)
      }
      console.log(
        `corpus: ${counted.read} files read, ${counted.identical} stored bit for bit, ${counted.directories} DICOMDIR left out`,
      )
      await station.close()
      expect(refused).toEqual([])
      // They end too early, as dcmdump says of them too.
      expect(cutShort.sort()).toEqual(['MR_truncated.dcm', 'no-pixel-spacing.dcm', 'rtplan_truncated.dcm'])
      expect(counted.identical + counted.directories).toBe(counted.read)
    })

    test('dcmsend sends what it can, and what arrives has an instance each', { timeout: 120_000 }, async () => {
      const station = await openReceiver()
      const folder = join(corpus, 'transfer-syntaxes')
      const { host, port } = station.station
      const files = filesBelow(folder).filter((path) => !/no-pixel/.test(path))
      const answer = await run('dcmsend', '-aet', 'CT1', '-aec', 'YINGZHAN', '--no-halt', host, String(port), ...files)
      const { received } = station.receiver.status()
      console.log(`corpus: dcmsend sent ${received} of ${files.length} files`)
      expect([answer.code, received]).toEqual([0, files.length])
      expect(station.archive.counts().versions).toBeGreaterThan(0)
      await station.close()
    })
  })
