import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { dataPdu, pdu, pduType } from '../../shared/dicom/pdu.ts'
import { ctImageStorage, explicitLittle, smallObject } from '../archive/archive-for-tests.ts'
import { device, openReceiver, type TestReceiver, until } from './receiver-for-tests.ts'
import {
  answerOf,
  answersIn,
  echoOf,
  implicitLittle,
  item,
  request,
  storeOf,
  verification,
  violationIn,
  withUserItems,
} from './rude-bytes.ts'

let station: TestReceiver
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await station.close()
})

async function peer(options: { localAddress?: string; allowHalfOpen?: boolean } = {}) {
  const socket = connect({ ...station.station, ...options })
  sockets.push(socket)
  const came: Buffer[] = []
  const state = { closed: false, ended: false }
  socket.on('data', (bytes) => came.push(bytes))
  socket.on('error', () => {})
  socket.on('end', () => {
    state.ended = true
  })
  socket.on('close', () => {
    state.closed = true
  })
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, state, received: () => Buffer.concat(came) }
}

async function associated(bytes = request(), options: Parameters<typeof peer>[0] = {}) {
  const guest = await peer(options)
  guest.socket.write(bytes)
  await until(() => guest.received().length > 0)
  return guest
}

async function stillServes(): Promise<void> {
  const object = smallObject()
  const [sent] = await createSimulatedModality({ aeTitle: 'CT1', station: station.station }).sendObjects([
    { ...object, sopClassUid: ctImageStorage, transferSyntaxUid: explicitLittle },
  ])
  expect(sent?.status).toBe(0)
}
describe('connections without end', () => {
  test('3,000 in a row leave nothing behind', { timeout: 60_000 }, async () => {
    station = await openReceiver()
    for (let count = 0; count < 3000; count += 20) {
      const guests = await Promise.all(Array.from({ length: 20 }, () => peer()))
      for (const { socket } of guests) socket.destroy()
    }
    sockets.length = 0
    await until(() => station.receiver.status().sockets === 0)
    await stillServes()
  })

  test('500 associations of a stranger in a row are 500 rejections, and nothing is left behind', async () => {
    station = await openReceiver()
    for (let count = 0; count < 500; count += 20) {
      const guests = await Promise.all(
        Array.from({ length: 20 }, (_, at) => associated(request({ callingAeTitle: `X${count + at}` }))),
      )
      for (const { socket, received } of guests) {
        expect(received()[0]).toBe(pduType.associateRj)
        socket.destroy()
      }
    }
    await until(() => station.receiver.status().sockets === 0)
    expect(station.knocks).toHaveLength(500)
    await stillServes()
  })

  test('who has said that no more comes, and stays, is let go', async () => {
    station = await openReceiver()
    const guest = await associated(request(), { allowHalfOpen: true })
    guest.socket.end()
    await until(() => station.receiver.status().sockets === 0)
    await until(() => guest.state.ended)
    await stillServes()
  })

  test('who was released and does not hang up is let go when the time to associate is over', async () => {
    station = await openReceiver({ limits: { associateWithin: 300 } })
    const guest = await associated(request(), { allowHalfOpen: true })
    guest.socket.write(pdu(pduType.releaseRq, Buffer.alloc(4)))
    await until(() => guest.state.ended)
    await until(() => station.receiver.status().sockets === 0)
    await stillServes()
  })

  test('one address has its share: its oldest silent connection makes room, never that of another', async () => {
    station = await openReceiver({ limits: { sockets: 12, socketsPerAddress: 4 } })
    const honest = await peer()
    const flood: Awaited<ReturnType<typeof peer>>[] = []
    for (let count = 0; count < 50; count++) flood.push(await peer({ localAddress: '127.0.0.2' }))
    await until(() => flood.filter(({ state }) => !state.closed).length === 4)
    expect(station.receiver.status().sockets).toBe(5)
    honest.socket.write(request())
    await until(() => honest.received()[0] === pduType.associateAc)
  })

  test('associations of one address that fill its share are not pushed out by more of it', async () => {
    const limits = { socketsPerAddress: 2 }
    station = await openReceiver({ limits, devices: [device('CT1'), { ...device('MR1'), host: '127.0.0.3' }] })
    const first = await associated()
    await associated()
    const third = await peer()
    await until(() => third.state.closed)
    first.socket.write(echoOf(1))
    await until(() => answersIn(first.received()) === 1)
    const other = await associated(request({ callingAeTitle: 'MR1' }), { localAddress: '127.0.0.3' })
    expect(other.received()[0]).toBe(pduType.associateAc)
  })
})

describe('what an association may propose', () => {
  test('128 presentation contexts are answered one by one', async () => {
    station = await openReceiver()
    const contexts = Array.from({ length: 128 }, (_, at) => ({
      id: at * 2 + 1,
      abstractSyntax: at % 2 === 0 ? ctImageStorage : '1.2.840.10008.5.1.1.9',
      transferSyntaxes: [explicitLittle],
    }))
    const guest = await associated(request({ contexts }))
    const results = answerOf(guest.received()).contexts
    expect(results).toHaveLength(128)
    expect(results.map(({ result }) => result)).toEqual(contexts.map((_, at) => (at % 2 === 0 ? 0 : 3)))
  })

  test('thousands of transfer syntaxes are looked through, and the first is taken', async () => {
    station = await openReceiver()
    const transferSyntaxes = Array.from({ length: 5000 }, (_, at) => `1.2.${at}`)
    const contexts = [{ id: 1, abstractSyntax: ctImageStorage, transferSyntaxes }]
    const guest = await associated(request({ contexts }))
    expect(answerOf(guest.received()).contexts).toEqual([{ id: 1, result: 0 }])
  })

  test('items that nobody knows or that are absurdly long change nothing', async () => {
    station = await openReceiver()
    const guest = await associated(
      withUserItems(
        item(0x55, Buffer.alloc(30_000, 'A')),
        item(0xee, Buffer.alloc(20_000, 7)),
        item(0x51, Buffer.alloc(0)),
        item(0x54, Buffer.from([0xff, 0xff, 1, 1])),
      ),
    )
    expect(answerOf(guest.received()).contexts.map(({ result }) => result)).toEqual([0, 0])
    await stillServes()
  })

  test.each([
    ['an implementation class UID of 40,000 bytes', request({ implementationClassUid: '1.'.repeat(20_000) })],
    ['an item that is longer than its PDU', withUserItems(Buffer.from([0x53, 0, 0xff, 0xff, 1, 1]))],
    ['an item of half a head', withUserItems(Buffer.from([0x53, 0]))],
  ])('%s is aborted', async (_, bytes) => {
    station = await openReceiver()
    const guest = await associated(bytes)
    await until(() => guest.state.closed)
    expect(violationIn(guest.received())).toBe(true)
    await stillServes()
  })

  test('asynchronous operations, extended negotiation and identities are left out of the answer (PS3.7 D.3.3)', async () => {
    station = await openReceiver()
    const uid = Buffer.from(ctImageStorage)
    const length = (bytes: Buffer | number) => {
      const two = Buffer.alloc(2)
      two.writeUInt16BE(typeof bytes === 'number' ? bytes : bytes.length)
      return two
    }
    const name = Buffer.from('doctor')
    const guest = await associated(
      withUserItems(
        item(0x53, Buffer.from([0, 8, 0, 8])),
        item(0x56, Buffer.concat([length(uid), uid, Buffer.from([2, 0, 3, 0, 0, 0])])),
        item(0x57, Buffer.concat([length(uid), uid, length(uid), uid, length(0)])),
        item(0x58, Buffer.concat([Buffer.from([1, 1]), length(name), name, length(0)])),
      ),
    )
    expect(answerOf(guest.received()).user.map(({ type }) => type)).toEqual([0x51, 0x52, 0x55])
    guest.socket.write(echoOf(1))
    await until(() => answersIn(guest.received()) === 1)
  })

  test('roles are answered, once a class', async () => {
    station = await openReceiver()
    const roles = [
      { sopClassUid: ctImageStorage, scu: true, scp: true },
      { sopClassUid: verification, scu: true, scp: true },
    ]
    const contexts = [
      { id: 1, abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] },
      { id: 3, abstractSyntax: verification, transferSyntaxes: [implicitLittle] },
      { id: 5, abstractSyntax: ctImageStorage, transferSyntaxes: [implicitLittle] },
    ]
    const guest = await associated(request({ roles, contexts }))
    const answers = answerOf(guest.received()).user.filter(({ type }) => type === 0x54)
    expect(answers.map(({ value }) => [value.subarray(2, -2).toString(), ...value.subarray(-2)])).toEqual([
      [ctImageStorage, 1, 1],
      [verification, 1, 0],
    ])
  })
})

describe('messages out of turn', () => {
  test('several C-STOREs without waiting for an answer are stored one after the other', async () => {
    station = await openReceiver()
    const guest = await associated()
    const objects = Array.from({ length: 12 }, () => smallObject())
    guest.socket.write(
      Buffer.concat(objects.flatMap((object, at) => [storeOf(object, at), dataPdu(1, false, true, object.dataSet)])),
    )
    await until(() => answersIn(guest.received()) === 12)
    expect(station.archive.counts()).toMatchObject({ instances: 12 })
  })

  test.each([
    ['A-RELEASE-RQ', pdu(pduType.releaseRq, Buffer.alloc(4))],
    ['another C-STORE', storeOf(smallObject(), 2)],
    ['a C-ECHO', echoOf(2)],
    ['a second A-ASSOCIATE-RQ', request()],
  ])('%s within a message is aborted, and what had come of the object is let go', async (_, bytes) => {
    station = await openReceiver()
    const guest = await associated()
    const object = smallObject()
    guest.socket.write(storeOf(object, 1))
    guest.socket.write(dataPdu(1, false, false, object.dataSet.subarray(0, 100)))
    guest.socket.write(bytes)
    await until(() => guest.state.closed)
    expect(violationIn(guest.received())).toBe(true)
    expect(station.archive.counts()).toMatchObject({ instances: 0 })
    await stillServes()
  })

  test('a command in thousands of empty pieces is the same command', async () => {
    station = await openReceiver()
    const guest = await associated()
    const empty = dataPdu(3, true, false, Buffer.alloc(0))
    guest.socket.write(Buffer.concat(Array.from({ length: 5000 }, () => empty)))
    guest.socket.write(echoOf(1))
    await until(() => answersIn(guest.received()) === 1)
  })

  test('who asks and never reads the answers is not listened to any longer, and given up', async () => {
    station = await openReceiver({ limits: { stall: 500, idle: 3000 } })
    const guest = await associated()
    guest.socket.pause()
    const many = Buffer.concat(Array.from({ length: 2000 }, (_, at) => echoOf(at % 65_536)))
    let written = 0
    while (!guest.state.closed && !guest.socket.destroyed && written < 2000) {
      written++
      const isTaken = guest.socket.write(many)
      if (!isTaken) {
        await new Promise<void>((resolve) => {
          guest.socket.once('drain', resolve)
          guest.socket.once('close', () => resolve())
        })
      }
    }
    await until(() => station.receiver.status().sockets === 0, 10_000)
    expect(written).toBeLessThan(2000)
    await stillServes()
  })
})
