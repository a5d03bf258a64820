import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { dicomApplicationContext, writeAssociationRequest } from '../../shared/dicom/association-request.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { dataPdu, pdu } from '../../shared/dicom/pdu.ts'
import { ctImageStorage, explicitLittle, smallObject } from '../archive/archive-for-tests.ts'
import { openReceiver, worklistItem } from './receiver-for-tests.ts'

const rounds = Number(process.env.FUZZ_ROUNDS ?? 150)
const worklist = '1.2.840.10008.5.1.4.31'

/** A whole visit: association, C-ECHO, C-FIND, C-STORE, release. */
function visit(): Buffer {
  const { dataSet, sopInstanceUid } = smallObject()
  const command = (field: number, sopClassUid: string, hasDataSet: boolean, instanceUid?: string) =>
    encodeDataSet(
      [
        { tag: 0x00000002, vr: 'UI', value: sopClassUid },
        { tag: 0x00000100, vr: 'US', value: field },
        { tag: 0x00000110, vr: 'US', value: 1 },
        { tag: 0x00000700, vr: 'US', value: 0 },
        { tag: 0x00000800, vr: 'US', value: hasDataSet ? 1 : 0x0101 },
        ...(instanceUid ? [{ tag: 0x00001000, vr: 'UI', value: instanceUid }] : []),
      ],
      { explicitVr: false, text: 'ascii' },
    )
  const identifier = encodeDataSet(
    [
      { tag: 0x00100010, vr: 'PN', value: '张*' },
      { tag: 0x00400100, vr: 'SQ', value: [[{ tag: 0x00400002, vr: 'DA', value: '20261101-' }]] },
    ],
    { explicitVr: false, text: 'gb18030' },
  )
  return Buffer.concat([
    writeAssociationRequest({
      protocolVersion: 1,
      calledAeTitle: 'YINGZHAN',
      callingAeTitle: 'CT1',
      applicationContext: dicomApplicationContext,
      contexts: [
        { id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] },
        { id: 3, abstractSyntax: worklist, transferSyntaxes: ['1.2.840.10008.1.2'] },
        { id: 5, abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] },
      ],
      maxPduLength: 16384,
      implementationClassUid: '1.2.3',
      implementationVersionName: 'RANDOM',
    }),
    dataPdu(1, true, true, command(0x30, '1.2.840.10008.1.1', false)),
    dataPdu(3, true, true, command(0x20, worklist, true)),
    dataPdu(3, false, true, identifier),
    dataPdu(5, true, true, command(1, ctImageStorage, true, sopInstanceUid)),
    dataPdu(5, false, true, dataSet),
    pdu(5, Buffer.alloc(4)),
  ])
}

test('a visit whose bytes were changed at random ends, and the next device is served', {
  timeout: 600_000,
}, async () => {
  const limits = { associateWithin: 150, idle: 150, idleInMessage: 150 }
  const station = await openReceiver({ items: [worklistItem()], limits })
  let state = Number(process.env.FUZZ_SEED ?? 7)
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const one = async () => {
    const bytes = visit()
    for (let change = random(4); change >= 0; change--) bytes[random(bytes.length)] = random(256)
    const socket = connect(station.station)
    socket.on('error', () => {})
    socket.on('data', () => {})
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const cut = random(bytes.length)
    socket.write(bytes.subarray(0, cut))
    if (random(3) > 0) socket.write(bytes.subarray(cut))
    if (random(5) === 0) socket.destroy()
    await closed
  }
  for (let round = 0; round < rounds; round += 6) await Promise.all(Array.from({ length: 6 }, one))
  const modality = createSimulatedModality({ aeTitle: 'CT1', station: station.station })
  expect(await modality.echo()).toBe(true)
  expect(await modality.findWorklist()).toHaveLength(1)
  const failures = station.lines.filter((line) => /"level":50/.test(line))
  console.log(
    `${rounds} visits, ${station.archive.counts().versions} objects stored, ${failures.length} lines of errors`,
  )
  expect(failures).toEqual([])
  await station.close()
})
