import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { makeCopy } from '../../electron/station/uploads/copy-to-send.ts'
import { echo, type InstanceToSend, sendInstances } from '../../electron/station/uploads/dicom-sender.ts'
import { describeWith } from '../peers.ts'
import { dataSet, imageElements, type Syntax, syntaxes } from './synthetic-data-set.ts'

const folder = mkdtempSync(join(tmpdir(), 'sender-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const programs: ChildProcess[] = []
const closers: (() => void)[] = []
afterEach(() => {
  for (const program of programs.splice(0)) program.kill('SIGKILL')
  for (const close of closers.splice(0)) close()
})

const fast = { connectMs: 2000, associateMs: 2000, stallMs: 2000, responseMs: 3000 }
const stamp = { at: Date.parse('2026-11-21T08:00:00+08:00'), system: 'YINGZHAN' }
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7'
let count = 0

/** An instance of its own number, its pixels `size` bytes long. */
function instance(syntax: Syntax, number: number, size = 16): InstanceToSend {
  const pixels = { tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(size, number) }
  const uid = { tag: 0x00080018, vr: 'UI', value: `1.2.3.${number}` }
  const bytes = dataSet(imageElements(syntax, syntax === 'jpeg' ? [uid] : [uid, pixels]), syntax)
  count += 1
  const path = join(folder, `${count}.bin`)
  writeFileSync(path, bytes)
  const stored = { path, offset: 0, length: bytes.length, transferSyntaxUid: syntaxes[syntax], crc32: crc32(bytes) }
  return {
    sopClassUid: secondaryCapture,
    sopInstanceUid: `1.2.3.${number}`,
    transferSyntaxUid: syntaxes[syntax],
    prepare: () => makeCopy(stored, { AccessionNumber: `A${number}` }, stamp),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** dcmtk's storescp, writing the data sets exactly as received. */
async function storescp(...options: readonly string[]) {
  const port = await freePort()
  count += 1
  const output = join(folder, `received-${count}`)
  mkdirSync(output)
  const program = spawn('storescp', ['--bit-preserving', '-od', output, ...options, String(port)], { stdio: 'ignore' })
  programs.push(program)
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isUp) break
    await wait(50)
  }
  const received = () => readdirSync(output).map((name) => dataSetOfFile(readFileSync(join(output, name))))
  return {
    caller: { peer: { aeTitle: 'STORESCP', host: '127.0.0.1', port }, callingAeTitle: 'YINGZHAN', timeouts: fast },
    received,
  }
}

/** What follows the meta group, whose length stands at 140. */
const dataSetOfFile = (file: Buffer) => file.subarray(144 + file.readUInt32LE(140))
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describeWith(['dcmtk'], 'C-STORE to dcmtk', () => {
  test.each(Object.keys(syntaxes) as Syntax[])('%s: what arrives is what was sent, bit for bit', async (syntax) => {
    const peer = await storescp('+xa')
    const results = await sendInstances(peer.caller, [instance(syntax, 1), instance(syntax, 2)])
    const sent = results.map((result) => (result.kind === 'answered' ? result.copy.sha256 : result.kind))
    expect(results.map((result) => result.kind === 'answered' && result.answer.status)).toEqual([0, 0])
    expect(peer.received().map(sha256).sort()).toEqual([...sent].sort())
  })

  test('a large object goes in pieces, whatever the peer’s largest PDU', async () => {
    const peer = await storescp('+xa', '-pdu', '4096')
    const [result] = await sendInstances(peer.caller, [instance('explicit', 1, 3_000_002)])
    expect(result).toMatchObject({ kind: 'answered', answer: { status: 0 } })
    expect(peer.received().map(sha256)).toEqual([result?.kind === 'answered' && result.copy.sha256])
  })

  test('one association carries several transfer syntaxes, and a refused one fails alone', async () => {
    const peer = await storescp('+xe')
    const results = await sendInstances(peer.caller, [
      instance('explicit', 1),
      instance('jpeg', 2),
      instance('implicit', 3),
    ])
    expect(results.map((result) => result.kind)).toEqual(['answered', 'not-accepted', 'answered'])
    expect(results[1]).toMatchObject({ compressed: true })
    expect(peer.received()).toHaveLength(2)
  })

  test.each(['explicit', 'bigEndian', 'deflated'] as const)(
    '%s goes in the syntax every peer must take where the peer refuses the original',
    async (syntax) => {
      const peer = await storescp('+xi')
      const results = await sendInstances(peer.caller, [instance(syntax, 1), instance('implicit', 2)])
      expect(results.map((result) => result.kind === 'answered' && result.answer.status)).toEqual([0, 0])
      const sent = results.map((result) => (result.kind === 'answered' ? result.copy.sha256 : result.kind))
      expect(peer.received().map(sha256).sort()).toEqual([...sent].sort())
      expect(results.map((result) => result.kind === 'answered' && result.copy.transferSyntaxUid)).toEqual([
        syntaxes.implicit,
        syntaxes.implicit,
      ])
    },
  )

  test('C-ECHO is answered', async () => {
    const peer = await storescp()
    expect(await echo(peer.caller)).toMatchObject({ status: 0 })
  })

  test('a peer that refuses associations says so', async () => {
    const peer = await storescp('--refuse')
    const [result] = await sendInstances(peer.caller, [instance('explicit', 1)])
    expect(result).toMatchObject({ kind: 'failed', failure: { kind: 'rejected' } })
    expect(await echo(peer.caller)).toMatchObject({ kind: 'rejected' })
  })

  test('a peer that aborts in the middle may have nothing', async () => {
    const peer = await storescp('+xa', '--abort-during', '-pdu', '4096')
    const results = await sendInstances(peer.caller, [instance('explicit', 1, 400_000), instance('explicit', 2)])
    expect(results[0]).toMatchObject({ kind: 'failed', failure: { kind: 'lost' } })
    expect(results[1]).toMatchObject({ kind: 'failed' })
    expect(results[1]).not.toHaveProperty('copy')
  })

  test('a peer that aborts after it has everything may have it', async () => {
    const peer = await storescp('+xa', '--abort-after')
    const [result] = await sendInstances(peer.caller, [instance('explicit', 1)])
    expect(result).toMatchObject({
      kind: 'failed',
      failure: { kind: 'lost' },
      copy: { totalLength: expect.any(Number) },
    })
  })

  test('dcmtk logs no protocol error about our associations', async () => {
    const port = await freePort()
    const program = spawn('storescp', ['-d', '-od', folder, '+xa', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] })
    programs.push(program)
    let log = ''
    program.stderr.on('data', (chunk) => {
      log += chunk
    })
    await wait(400)
    const caller = {
      peer: { aeTitle: 'STORESCP', host: '127.0.0.1', port },
      callingAeTitle: 'YINGZHAN',
      timeouts: fast,
    }
    await sendInstances(caller, [instance('explicit', 1)])
    await wait(200)
    expect(log).toMatch(/Association Release/)
    expect(log).not.toMatch(/^[EF]: /m)
  })
})

/** A peer made of a few lines: does something to each connection. */
async function oddPeer(act: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    act(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  closers.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const { port } = server.address() as AddressInfo
  return {
    peer: { aeTitle: 'ODD', host: '127.0.0.1', port },
    callingAeTitle: 'YINGZHAN',
    timeouts: { ...fast, associateMs: 300 },
  }
}

describeWith(['dcmtk'], 'a station that stops', () => {
  test('the association ends at once, and nothing more is sent', async () => {
    const peer = await storescp('+xa', '--sleep-during', '1')
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 300)
    const began = performance.now()
    const caller = { ...peer.caller, timeouts: { ...fast, responseMs: 20_000 }, signal: stop.signal }
    const results = await sendInstances(caller, [instance('explicit', 1, 400_000), instance('explicit', 2)])
    expect(performance.now() - began).toBeLessThan(2000)
    expect(results.map((result) => result.kind)).toEqual(['failed', 'failed'])
    expect(results[1]).not.toHaveProperty('copy')
  })
})

describe('a peer that is no DICOM peer', () => {
  const firstOf = async (caller: Parameters<typeof sendInstances>[0]) =>
    (await sendInstances(caller, [instance('explicit', 1)]))[0]

  test('nobody listens', async () => {
    const caller = {
      peer: { aeTitle: 'X', host: '127.0.0.1', port: await freePort() },
      callingAeTitle: 'Y',
      timeouts: fast,
    }
    expect(await firstOf(caller)).toMatchObject({ failure: { kind: 'unreachable', why: 'refused' } })
  })

  test('it says nothing, closes, speaks HTTP, or sends an endless PDU', async () => {
    const failures = []
    const acts: ((socket: Socket) => void)[] = [
      () => {},
      (socket) => socket.end(),
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      (socket) => socket.write(Buffer.from([2, 0, 0xff, 0xff, 0xff, 0xff])),
      (socket) => socket.write(Buffer.from([2, 0, 0, 0, 0, 4, 1, 2, 3, 4])),
    ]
    for (const act of acts) failures.push(await firstOf(await oddPeer(act)))
    expect(failures.map((result) => result?.kind === 'failed' && result.failure)).toEqual([
      { kind: 'lost', why: 'silent' },
      { kind: 'lost', why: 'closed' },
      { kind: 'lost', why: 'not-dicom' },
      { kind: 'lost', why: 'not-dicom' },
      { kind: 'lost', why: 'not-dicom' },
    ])
  })
})
