import { connect, type Socket } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { judgePace } from '../../electron/station/receiver/peer-pace.ts'
import { openAssociation } from '../../electron/training/dicom-association.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { dicomApplicationContext, writeAssociationRequest } from '../../shared/dicom/association-request.ts'
import { dataPdu, pdu } from '../../shared/dicom/pdu.ts'
import {
  ctImageStorage,
  explicitLittle,
  smallObject,
  storedDataSet,
  unfinishedIn,
} from '../archive/archive-for-tests.ts'
import { openReceiver, type TestReceiver, until } from './receiver-for-tests.ts'

let station: TestReceiver
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await station.close()
})

/** A peer that sends bytes as it likes, and remembers what came back and when it was closed. */
async function peer() {
  const socket = connect(station.station)
  sockets.push(socket)
  const came: Buffer[] = []
  const state = { closed: false, came }
  socket.on('data', (bytes) => came.push(bytes))
  socket.on('error', () => {})
  socket.on('close', () => {
    state.closed = true
  })
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, state, received: () => Buffer.concat(came) }
}

const request = (more: { maxPduLength?: number; contexts?: number } = {}) =>
  writeAssociationRequest({
    protocolVersion: 1,
    calledAeTitle: 'YINGZHAN',
    callingAeTitle: 'CT1',
    applicationContext: dicomApplicationContext,
    contexts: Array.from({ length: more.contexts ?? 1 }, (_, at) => ({
      id: (at * 2 + 1) % 256,
      abstractSyntax: ctImageStorage,
      transferSyntaxes: [explicitLittle],
    })),
    maxPduLength: more.maxPduLength ?? 16384,
    implementationClassUid: '1.2.3',
    implementationVersionName: 'HOSTILE',
  })

async function associated() {
  const guest = await peer()
  guest.socket.write(request())
  await until(() => guest.received()[0] === 2)
  return guest
}

const modality = () => createSimulatedModality({ aeTitle: 'CT1', station: station.station })

/** The proof after each attack: an honest device is served, and its bytes are whole. */
async function stillServes(): Promise<void> {
  const object = smallObject()
  const [sent] = await modality().sendObjects([
    { ...object, sopClassUid: ctImageStorage, transferSyntaxUid: explicitLittle },
  ])
  expect(sent?.status).toBe(0)
  const instance = station.archive.instanceByUid(object.sopInstanceUid)!
  expect((await storedDataSet(station.archive, instance.id)).equals(object.dataSet)).toBe(true)
}

const violation = [7, 0, 0, 0, 0, 4, 0, 0, 2]

describe('bytes that no device sends', () => {
  test('a PDU that declares 4 GiB is aborted at its head, before or within an association', async () => {
    station = await openReceiver()
    for (const guest of [await peer(), await associated()]) {
      const began = performance.now()
      const before = guest.received().length
      guest.socket.write(Buffer.from([before ? 4 : 1, 0, 0xff, 0xff, 0xff, 0xff]))
      await until(() => guest.state.closed)
      expect(performance.now() - began).toBeLessThan(500)
      expect([...guest.received().subarray(before, before + 9)]).toEqual(violation)
    }
    await stillServes()
  })

  test.each([
    ['P-DATA before an association', Buffer.from([4, 0, 0, 0, 0, 10])],
    ['an unknown PDU type', Buffer.from([9, 0, 0, 0, 0, 4])],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: clinic\r\n\r\n')],
    ['a TLS hello', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])],
    ['an A-ASSOCIATE-RQ of nothing', pdu(1, Buffer.alloc(68))],
    ['an A-ASSOCIATE-RQ of noise', pdu(1, Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 73) % 251)))],
    ['an A-ASSOCIATE-RQ with too many presentation contexts', request({ contexts: 200 })],
    ['an A-ASSOCIATE-RQ that takes PDUs of 6 bytes', request({ maxPduLength: 6 })],
  ])('%s is aborted', async (_, bytes) => {
    station = await openReceiver()
    const guest = await peer()
    guest.socket.write(bytes)
    await until(() => guest.state.closed)
    expect([...guest.received().subarray(0, 9)]).toEqual(violation)
    await stillServes()
  })

  test.each([
    ['a PDV longer than its PDU', pdu(4, Buffer.from([0, 0, 1, 0, 1, 3]))],
    ['a PDV that is cut off', pdu(4, Buffer.from([0, 0, 0]))],
    ['a PDV of one byte', pdu(4, Buffer.from([0, 0, 0, 1, 1, 3]))],
    ['a PDU longer than was agreed', Buffer.from([4, 0, 0, 2, 0, 1])],
    ['a presentation context that was not accepted', dataPdu(77, true, true, Buffer.alloc(10))],
    ['a data set without a command', dataPdu(1, false, true, Buffer.alloc(10))],
    ['a command set of noise', dataPdu(1, true, true, Buffer.from('no command at all here'))],
    ['a second association on the same connection', request()],
    [
      'a command set without end',
      Buffer.concat(Array.from({ length: 30 }, () => dataPdu(1, true, false, Buffer.alloc(1000)))),
    ],
  ])('%s is aborted', async (_, bytes) => {
    station = await openReceiver()
    const guest = await associated()
    const before = guest.received().length
    guest.socket.write(bytes)
    await until(() => guest.state.closed)
    expect([...guest.received().subarray(before, before + 9)]).toEqual(violation)
    await stillServes()
  })

  test('one byte at a time is read like any other association', async () => {
    station = await openReceiver()
    const guest = await peer()
    guest.socket.setNoDelay(true)
    for (const byte of request()) {
      guest.socket.write(Buffer.from([byte]))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await until(() => guest.received()[0] === 2)
    await stillServes()
  })
})

describe('peers that take their time', () => {
  test('a peer that says nothing is closed when the time to associate is over', async () => {
    station = await openReceiver({ limits: { associateWithin: 200 } })
    const guest = await peer()
    await until(() => guest.state.closed, 1500)
    await stillServes()
  })

  test('a dribbler is closed at the same deadline: a byte now and then buys nothing', async () => {
    station = await openReceiver({ limits: { associateWithin: 300 } })
    const guest = await peer()
    const bytes = request()
    let at = 0
    const drip = setInterval(() => guest.socket.write(bytes.subarray(at, ++at)), 20)
    const began = performance.now()
    await until(() => guest.state.closed, 2000)
    clearInterval(drip)
    expect(performance.now() - began).toBeLessThan(1000)
    await stillServes()
  })

  test('an association that falls silent is closed, an object that stopped in the middle is let go', async () => {
    station = await openReceiver({ limits: { idle: 150, idleInMessage: 300 } })
    const idle = await associated()
    const [context] = [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] }]
    const half = await openAssociation({ ...station.station, calledAeTitle: 'YINGZHAN', callingAeTitle: 'CT1' }, [
      context,
    ])
    const object = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(3_000_000) }])
    await half.store(half.granted[0]!, object.sopInstanceUid, object.dataSet, 2_000_000)
    await until(() => idle.state.closed, 1500)
    await until(() => station.receiver.status().associations.length === 0, 2000)
    await until(() => unfinishedIn(station.folder).length === 0)
    expect(station.archive.counts()).toMatchObject({ instances: 0 })
    await stillServes()
  })

  test('200 idle connections keep nobody out', async () => {
    station = await openReceiver()
    for (let count = 0; count < 200; count++) await peer()
    expect(station.receiver.status().sockets).toBeLessThanOrEqual(64)
    const began = performance.now()
    await stillServes()
    expect(performance.now() - began).toBeLessThan(2000)
    expect(station.receiver.status().sockets).toBeLessThanOrEqual(64)
  })

  test('associations beyond the limit are turned away for now, and there is room again when one ends', async () => {
    station = await openReceiver({ limits: { associationsPerAddress: 2 } })
    const first = await associated()
    await associated()
    expect(await modality().echo()).toBe(false)
    first.socket.destroy()
    await until(() => station.receiver.status().associations.length === 1)
    await stillServes()
  })

  test('pace is judged by what the peer does, never by how long the station itself writes', () => {
    const limits = { associateWithin: 10, idle: 60, idleInMessage: 120, slowBytes: 1000, slowWindow: 30 }
    const pace = { since: 0, waitingSince: 100, messageSince: 100, bytesInWindow: 10, busyInWindow: 0 }
    const at = (now: number, more = {}) => judgePace({ ...pace, ...more }, { now, isAssociated: true }, limits).kind
    expect(at(129)).toBe('keeps-pace')
    expect(at(131)).toBe('dribbles')
    expect(at(131, { busyInWindow: 20 })).toBe('keeps-pace')
    expect(at(131, { bytesInWindow: 5000 })).toBe('new-window')
    expect(at(131, { bytesInWindow: 0 })).toBe('new-window')
    expect(at(5000, { waitingSince: undefined, messageSince: undefined })).toBe('keeps-pace')
    expect(at(161, { messageSince: undefined })).toBe('silent')
  })
})

describe('objects that are made to harm', () => {
  const send = async (dataSet: Buffer, transferSyntaxUid = explicitLittle, sopInstanceUid = '2.25.666') => {
    const [sent] = await modality().sendObjects([
      { sopClassUid: ctImageStorage, sopInstanceUid, transferSyntaxUid, dataSet },
    ])
    return sent?.status
  }

  test('100 KB of nested sequences are refused and kept in quarantine', async () => {
    station = await openReceiver()
    const open = [
      0x08, 0, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff,
    ]
    expect(await send(Buffer.from(Array.from({ length: 5000 }, () => open).flat()))).toBe(0xc000)
    expect(station.archive.counts()).toMatchObject({ instances: 0, quarantined: 1 })
    await stillServes()
  })

  test('a deflate bomb is stored as it is and never inflated whole', async () => {
    station = await openReceiver()
    const { dataSet, sopInstanceUid } = smallObject()
    const bomb = deflateRawSync(Buffer.concat([dataSet, Buffer.alloc(128 * 1024 * 1024)]), { level: 9 })
    const before = process.memoryUsage().rss
    expect(await send(bomb, '1.2.840.10008.1.2.1.99', sopInstanceUid)).toBe(0)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
    const instance = station.archive.instanceByUid(sopInstanceUid)!
    expect((await storedDataSet(station.archive, instance.id)).equals(bomb)).toBe(true)
    await stillServes()
  })

  test('noise is refused with 0xC000', async () => {
    station = await openReceiver()
    expect(await send(Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * at * 31 + 7) % 256)))).toBe(0xc000)
    await stillServes()
  })

  test('an empty data set is refused with 0xC000', async () => {
    station = await openReceiver()
    expect(await send(Buffer.alloc(0))).toBe(0xc000)
    await stillServes()
  })
})

describe('an object that does not come whole', () => {
  test.each(['abort', 'cut'] as const)('leaves no row and no file after %s', async (way) => {
    station = await openReceiver()
    const wanted = [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] }]
    const association = await openAssociation(
      { ...station.station, calledAeTitle: 'YINGZHAN', callingAeTitle: 'CT1' },
      wanted,
    )
    const object = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(5_000_000) }])
    await association.store(association.granted[0]!, object.sopInstanceUid, object.dataSet, 3_000_000)
    association[way]()
    await until(() => station.receiver.status().sockets === 0)
    expect(unfinishedIn(station.folder)).toEqual([])
    expect(station.archive.counts()).toMatchObject({ instances: 0, quarantined: 0 })
    await stillServes()
  })

  test('on a full disk is refused with 0xA700 after it was sent, and the association goes on', async () => {
    let isFull = true
    const problem = {
      code: 'DISK-SILENT',
      with: { detail: 'a sentence that is longer than the 64 characters of a comment' },
    } as const
    const mayAccept = async () =>
      isFull ? ({ kind: 'refused', status: 0xa700, problem } as const) : ({ kind: 'yes' } as const)
    station = await openReceiver({ archive: { mayAccept } })
    const wanted = [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] }]
    const association = await openAssociation(
      { ...station.station, calledAeTitle: 'YINGZHAN', callingAeTitle: 'CT1' },
      wanted,
    )
    const object = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(1_000_000) }])
    expect(await association.store(association.granted[0]!, object.sopInstanceUid, object.dataSet)).toBe(0xa700)
    isFull = false
    expect(await association.store(association.granted[0]!, object.sopInstanceUid, object.dataSet)).toBe(0)
    await association.release()
    expect(station.receiver.status()).toMatchObject({ received: 1, refused: 1 })
  })
})
