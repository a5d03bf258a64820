import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readHeader } from '../../electron/station/archive/read-header.ts'
import { readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'
import { explicitLittle, smallObject } from './archive-for-tests.ts'

const deflated = '1.2.840.10008.1.2.1.99'

/** Sequences of undefined length, one in the other. */
function nested(depth: number): Buffer {
  const open = Buffer.from([
    0x08, 0x00, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff,
  ])
  const close = Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])
  return Buffer.concat([...Array.from({ length: depth }, () => open), ...Array.from({ length: depth }, () => close)])
}

describe('reading a header', () => {
  test('stops at a nest of 5 000 sequences in 180 KB, without a stack overflow', async () => {
    expect(await readHeader(nested(5000), explicitLittle)).toEqual({ kind: 'cannot', code: 'OBJECT-TOO-DEEP' })
  })

  test('steps over ordinary nesting', async () => {
    const { dataSet } = smallObject()
    const at = readElements(dataSet, dataSetEncodingOf(explicitLittle), { until: 0x00081140 }).stoppedAt
    const bytes = Buffer.concat([dataSet.subarray(0, at), nested(5), dataSet.subarray(at)])
    expect(await readHeader(bytes, explicitLittle)).toMatchObject({
      kind: 'header',
      header: { study: { patientId: 'P26000001' } },
    })
  })

  test('inflates the beginning of a deflated data set only: a bomb of 64 MiB stays small', async () => {
    const { dataSet } = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(0) }])
    const bomb = deflateRawSync(Buffer.concat([dataSet, Buffer.alloc(64 * 1024 * 1024)]), { level: 9 })
    const before = process.memoryUsage().rss
    const read = await readHeader(bomb.subarray(0, 64 * 1024), deflated)
    expect(read).toMatchObject({ kind: 'header', header: { study: { studyInstanceUid: '2.25.100' } } })
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('gives what came before the bytes end, wherever they end', async () => {
    const { dataSet } = smallObject()
    for (let length = 0; length < dataSet.length; length++) {
      const read = await readHeader(dataSet.subarray(0, length), explicitLittle)
      expect(['header', 'cannot']).toContain(read.kind)
    }
  })

  test('never throws for bytes that were changed at random', async () => {
    const { dataSet } = smallObject()
    let state = 1
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state % below
    }
    for (let round = 0; round < 3000; round++) {
      const bytes = Buffer.from(dataSet)
      for (let change = 0; change < 4; change++) bytes[random(bytes.length)] = random(256)
      for (const syntax of [explicitLittle, '1.2.840.10008.1.2', '1.2.840.10008.1.2.2']) {
        expect(['header', 'cannot']).toContain((await readHeader(bytes, syntax)).kind)
      }
    }
  })

  test('reads the device’s study number, the age and the physician who asked', async () => {
    const { dataSet } = smallObject([
      { tag: 0x00080090, vr: 'PN', value: 'LIU^YI=刘^一' },
      { tag: 0x00101010, vr: 'AS', value: '034Y' },
      { tag: 0x00200010, vr: 'SH', value: 'CT-77' },
    ])
    expect(await readHeader(dataSet, explicitLittle)).toMatchObject({
      header: { study: { referringPhysician: 'LIU^YI=刘^一', patientAge: '034Y', studyId: 'CT-77' } },
    })
  })

  test('takes the accession number from RequestAttributesSequence when it stands nowhere else', async () => {
    const { dataSet } = smallObject([
      { tag: 0x00080050, vr: 'SH', value: '' },
      {
        tag: 0x00400275,
        vr: 'SQ',
        value: [
          [
            { tag: 0x00080050, vr: 'SH', value: 'CT7' },
            { tag: 0x00400009, vr: 'SH', value: 'SPS7' },
            { tag: 0x00401001, vr: 'SH', value: 'RP7' },
          ],
        ],
      },
    ])
    expect(await readHeader(dataSet, explicitLittle)).toMatchObject({
      header: { study: { accessionNumber: 'CT7', requestedProcedureId: 'RP7', scheduledProcedureStepId: 'SPS7' } },
    })
  })
})
