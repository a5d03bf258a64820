import { once } from 'node:events'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { CommandSet } from '../../shared/dicom/command-set.ts'
import { commandField } from '../../shared/dicom/command-set.ts'
import type { ElementToWrite } from '../../shared/dicom/data-set-writer.ts'
import { dicomStatus } from '../../shared/dicom/dicom-status.ts'
import { ctImageStorage, explicitLittle, give, smallObject } from '../archive/archive-for-tests.ts'
import { identifierOf, openPeer } from './query-retrieve-peer.ts'
import { device, openReceiver, type TestReceiver, until } from './receiver-for-tests.ts'

const studyRoot = '1.2.840.10008.5.1.4.1.2.2.'
const [findStudies, moveStudies, getStudies] = [1, 2, 3].map((end) => studyRoot + end) as [string, string, string]
const context = (id: number, abstractSyntax: string) => ({ id, abstractSyntax, transferSyntaxes: [explicitLittle] })
const text = (tag: number, vr: string, value: string): ElementToWrite => ({ tag, vr, value })
const study = (uid: string) => identifierOf(text(0x00080052, 'CS', 'STUDY'), text(0x0020000d, 'UI', uid))
const roles = [{ sopClassUid: ctImageStorage, scu: false, scp: true }]
const isPending = ({ status }: CommandSet) => status === dicomStatus.pending

let station: TestReceiver
afterEach(() => station.close())

async function stationWith(images: number, more: readonly ElementToWrite[] = []) {
  station = await openReceiver({ devices: [device('WS1'), { ...device('VIEWER'), host: '127.0.0.1', port: 1 }] })
  for (let at = 0; at < images; at++) {
    await give(station, smallObject([text(0x0020000d, 'UI', '1.2'), text(0x0020000e, 'UI', '1.2.1'), ...more]))
  }
}

function manyStudies(count: number) {
  const insert = station.db.prepare('insert into study values (?, ?, ?, ?)')
  station.db.transaction(() => {
    for (let at = 0; at < count; at++) {
      const header = { studyInstanceUid: `2.25.${at}`, patientId: `P${at}`, patientName: '', accessionNumber: '' }
      const whole = { ...header, studyDateTime: '2026-11-20 08:00:00', patientBirthDate: '', studyDescription: '' }
      insert.run(`2.25.${at}`, JSON.stringify(whole), at, at)
    }
  })()
}

describe('a C-CANCEL-RQ', () => {
  test('ends a C-FIND whose answers are on their way', async () => {
    await stationWith(0)
    manyStudies(5000)
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts: [context(1, findStudies)] })
    peer.ask(1, commandField.cFindRq, findStudies, study(''))
    let answers = 0
    let last = (await peer.message()).command
    peer.cancel(1)
    for (; isPending(last); last = (await peer.message()).command) answers++
    expect(last.status).toBe(dicomStatus.cancel)
    expect(answers).toBeLessThan(5000)
    expect(await peer.release()).toBe(6)
  })

  test('ends a C-GET after the object under way, and says what remains', async () => {
    await stationWith(5)
    const contexts = [context(1, getStudies), context(3, ctImageStorage)]
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts, roles })
    peer.ask(1, commandField.cGetRq, getStudies, study('1.2'))
    const object = await peer.message()
    expect(object.command.field).toBe(commandField.cStoreRq)
    peer.cancel(1)
    peer.answer(object, dicomStatus.success)
    let last = (await peer.message()).command
    while (isPending(last)) last = (await peer.message()).command
    expect(last.status).toBe(dicomStatus.cancel)
    expect(station.audit.newest(5).find((row) => row.action === 'retrieve-study')!.details).toEqual({
      destination: 'WS1',
      asked: 5,
      sent: 1,
    })
  })

  test('ends a C-MOVE between two objects, and says what remains', async () => {
    const images = 150
    const viewer = await openReceiver({ acceptUnknown: true })
    station = await openReceiver({
      devices: [device('WS1'), { ...device('VIEWER'), host: '127.0.0.1', port: viewer.station.port }],
    })
    for (let at = 0; at < images; at++) await give(station, smallObject([text(0x0020000d, 'UI', '1.2')]))
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts: [context(1, moveStudies)] })
    peer.ask(1, commandField.cMoveRq, moveStudies, study('1.2'), [text(0x00000600, 'AE', 'VIEWER')])
    let last = (await peer.message()).command
    expect(isPending(last)).toBe(true)
    peer.cancel(1)
    while (isPending(last)) last = (await peer.message()).command
    const { instances } = viewer.archive.counts()
    expect([last.status, instances < images]).toEqual([dicomStatus.cancel, true])
    expect(station.audit.newest(5).find((row) => row.action === 'retrieve-study')!.details).toEqual({
      destination: 'VIEWER',
      asked: images,
      sent: instances,
    })
    peer.socket.destroy()
    await viewer.close()
  })

  test('that names another message is not for this one', async () => {
    await stationWith(2)
    const contexts = [context(1, getStudies), context(3, ctImageStorage)]
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts, roles })
    peer.cancel(1)
    peer.ask(1, commandField.cGetRq, getStudies, study('1.2'))
    const stored = []
    for (;;) {
      const message = await peer.message()
      if (message.command.field === commandField.cStoreRq) {
        stored.push(message)
        peer.answer(message, dicomStatus.success)
      } else if (!isPending(message.command)) {
        expect([message.command.status, stored.length]).toEqual([dicomStatus.success, 2])
        return
      }
    }
  })
})

describe('a peer that leaves in the middle of a C-GET', () => {
  test.each(['vanish', 'release'] as const)('by %s: nothing of it stays, and the next is served', async (way) => {
    await stationWith(3, [{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(8_000_000) }])
    const contexts = [context(1, getStudies), context(3, ctImageStorage)]
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts, roles })
    peer.ask(1, commandField.cGetRq, getStudies, study('1.2'))
    if (way === 'release') await peer.message()
    await peer[way]()
    await until(() => station.receiver.status().associations.length === 0)
    await until(() => openStoredFiles() === 0)
    const next = await openPeer(station, { aeTitle: 'WS1', contexts: [context(1, findStudies)] })
    next.ask(1, commandField.cFindRq, findStudies, study('1.2'))
    expect(isPending((await next.message()).command)).toBe(true)
    expect((await next.message()).command.status).toBe(dicomStatus.success)
    next.socket.destroy()
  })

  test('or does not answer in time: it is given up', async () => {
    await stationWith(1)
    await station.close()
    station = await openReceiver({ devices: [device('WS1')], limits: { answer: 100 } })
    await give(station, smallObject([text(0x0020000d, 'UI', '1.2')]))
    const contexts = [context(1, getStudies), context(3, ctImageStorage)]
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts, roles })
    peer.ask(1, commandField.cGetRq, getStudies, study('1.2'))
    expect((await peer.message()).command.field).toBe(commandField.cStoreRq)
    await expect(peer.message()).rejects.toThrow('PDU type 7')
    await until(() => station.receiver.status().associations.length === 0)
  })
})

test('a C-MOVE to a destination that never answers does not hold a station that stops', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as { port: number }
  station = await openReceiver({ devices: [device('WS1'), { ...device('VIEWER'), host: '127.0.0.1', port }] })
  await give(station, smallObject([text(0x0020000d, 'UI', '1.2')]))
  const peer = await openPeer(station, { aeTitle: 'WS1', contexts: [context(1, moveStudies)] })
  const connected = once(silent, 'connection')
  peer.ask(1, commandField.cMoveRq, moveStudies, study('1.2'), [text(0x00000600, 'AE', 'VIEWER')])
  const [socket] = await connected
  await station.receiver.stop()
  socket.destroy()
  silent.close()
}, 10_000)

describe('what is asked where it has no place', () => {
  test('is answered with 0x0211, and the association goes on', async () => {
    await stationWith(1)
    const contexts = [context(1, findStudies), context(3, ctImageStorage), context(5, moveStudies)]
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts })
    const wrong = [
      [1, commandField.cGetRq],
      [3, commandField.cFindRq],
      [5, 0x0110], // N-GET
    ] as const
    for (const [id, field] of wrong) {
      peer.ask(id, field, contexts.find((one) => one.id === id)!.abstractSyntax, study('1.2'))
      const { command } = await peer.message()
      expect([command.field, command.status]).toEqual([field | 0x8000, dicomStatus.unrecognizedOperation])
    }
    peer.ask(1, commandField.cFindRq, findStudies, study('1.2'))
    expect(isPending((await peer.message()).command)).toBe(true)
    peer.socket.destroy()
  })

  test('an identifier of noise is answered with 0xC000', async () => {
    await stationWith(0)
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts: [context(1, findStudies)] })
    peer.ask(1, commandField.cFindRq, findStudies, Buffer.from('no identifier at all, only words'))
    expect((await peer.message()).command.status).toBe(dicomStatus.cannotUnderstand)
    peer.socket.destroy()
  })

  test('more matches than are given out end with 0xA700', async () => {
    station = await openReceiver({ devices: [device('WS1')], limits: { queryAnswers: 3 } })
    manyStudies(4)
    const peer = await openPeer(station, { aeTitle: 'WS1', contexts: [context(1, findStudies)] })
    peer.ask(1, commandField.cFindRq, findStudies, study(''))
    const statuses = []
    do statuses.push((await peer.message()).command.status)
    while (statuses.at(-1) === dicomStatus.pending)
    expect(statuses).toEqual([0xff00, 0xff00, 0xff00, 0xa700])
    peer.socket.destroy()
  })

  test('an object whose class the peer does not take fails, by its UID', async () => {
    await stationWith(1)
    const peer = await openPeer(station, {
      aeTitle: 'WS1',
      contexts: [context(1, getStudies), context(3, ctImageStorage)],
    })
    peer.ask(1, commandField.cGetRq, getStudies, study('1.2'))
    let last = await peer.message()
    while (isPending(last.command)) last = await peer.message()
    expect(last.command.status).toBe(dicomStatus.outOfResourcesSubOperations)
    expect(last.dataSet.includes('2.25.')).toBe(true)
    peer.socket.destroy()
  })
})

/** Files of the archive's store that this process holds open, where the system tells. */
function openStoredFiles(): number {
  if (!existsSync('/proc/self/fd')) return 0
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(`${station.folder}/store/`)
    } catch {
      return false
    }
  }).length
}
