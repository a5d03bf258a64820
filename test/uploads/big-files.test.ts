import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crcOfFile } from '../../electron/station/archive/crc-of-file.ts'
import { startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import { describeWith } from '../peers.ts'
import type { BigFileOrder } from '../stand-ins/send-big-file.ts'
import { completeDossier, createBench, taskOf } from './delivery-bench.ts'
import { dataSet, imageElements } from './synthetic-data-set.ts'

// One multi-frame of 256 MiB, of 1 GiB with BIG=1, goes up by each way while the sending process stays small.
const mebibyte = 1024 * 1024
const pixelBytes = (process.env.BIG === '1' ? 1024 : 256) * mebibyte
const mostMebibytes = 300
const multiFrame = '1.2.840.10008.5.1.4.1.1.7.2'
const sender = fileURLToPath(new URL('../stand-ins/send-big-file.ts', import.meta.url))

let folder: string
let stored: BigFileOrder['stored']
let dossier: ExamDossier
let headerBytes: number

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-big-'))
  const elements = imageElements('explicit', [
    { tag: 0x00080016, vr: 'UI', value: multiFrame },
    { tag: 0x00280008, vr: 'IS', value: '1024' },
  ]).filter((element) => element.tag !== 0x7fe00010)
  const pixelHead = Buffer.alloc(12)
  pixelHead.writeUInt16LE(0x7fe0, 0)
  pixelHead.writeUInt16LE(0x0010, 2)
  pixelHead.write('OW', 4, 'latin1')
  pixelHead.writeUInt32LE(pixelBytes, 8)
  const header = Buffer.concat([dataSet(elements, 'explicit'), pixelHead])
  headerBytes = header.length
  const path = join(folder, 'big.bin')
  writeFileSync(path, header)
  // The pixels are a hole in the file: zeros that take no room on the disk.
  truncateSync(path, header.length + pixelBytes)
  stored = {
    path,
    offset: 0,
    length: header.length + pixelBytes,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    crc32: await crcOfFile(path, 0),
  }
  const bench = createBench()
  const instance = {
    ...bench.image(1),
    sopClassUid: multiFrame,
    sopInstanceUid: '1.2.3.4.5.6.7',
    numberOfFrames: 1024,
    sizeBytes: stored.length,
    versionId: 'version-1',
  }
  bench.stop()
  dossier = { ...completeDossier, instances: [instance] }
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function send(destination: object, steps: readonly ('index' | 'image')[] = ['image']) {
  const tasks = steps.map((step) => taskOf(step, step === 'image' ? 'instance-1' : ''))
  const order: BigFileOrder = { destination: { name: 'x', ...destination }, dossier, stored, tasks }
  const began = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, [sender, JSON.stringify(order)])
  const seconds = (performance.now() - began) / 1000
  const { outcomes, peakMebibytes } = JSON.parse(stdout) as { outcomes: CloudOutcome[]; peakMebibytes: number }
  console.info(`${pixelBytes / mebibyte} MiB: ${peakMebibytes} MiB at the most, ${seconds.toFixed(1)} s`)
  expect(outcomes.map((one) => one.kind)).toEqual(steps.map(() => 'done'))
  expect(peakMebibytes).toBeLessThan(mostMebibytes)
  return (outcomes.at(-1) as { value?: { sha256?: string } }).value?.sha256
}

test('to the provincial cloud, by HTTP', async () => {
  const platform = await startSimulatedJilin({ uid: 'clinic', appSecret: 'secret' })
  const { url: baseUrl, sm2PublicKey } = platform
  await send({ kind: 'jilin', settings: { baseUrl, uid: 'clinic', appSecret: 'secret', sm2PublicKey } }, [
    'index',
    'image',
  ])
  const [image] = Object.values(platform.ledger.exams['SAF2313/DX2603050001']?.images ?? {})
  expect(image?.bytes).toBeGreaterThan(pixelBytes)
  await platform.stop()
}, 300_000)

test('to a PACS, by STOW-RS', async () => {
  let length = 0
  const hash = createHash('sha256')
  const server = createServer(async (request, response) => {
    let head = Buffer.alloc(0)
    const total = Number(request.headers['content-length'])
    const boundary = /boundary=(\S+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? ''
    const end = total - `\r\n--${boundary}--\r\n`.length
    let at = 0
    let start = -1
    for await (const chunk of request as AsyncIterable<Buffer>) {
      if (start < 0) {
        // The data set begins where the file's meta group says that it ends, PS3.10 7.1.
        head = Buffer.concat([head, chunk])
        const dicm = head.indexOf('DICM')
        if (dicm >= 0 && head.length > dicm + 16) start = dicm + 16 + head.readUInt32LE(dicm + 12)
        at = head.length
        if (start >= 0) hash.update(head.subarray(start, Math.min(at, end)))
      } else {
        hash.update(chunk.subarray(0, Math.max(0, end - at)))
        at += chunk.length
      }
    }
    length = Math.min(at, end) - start
    response.writeHead(200).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const sent = await send({ kind: 'pacs', settings: { dicomWebUrl: `http://127.0.0.1:${port}` } })
  expect(length).toBeGreaterThan(pixelBytes + headerBytes - 100)
  expect(hash.digest('hex')).toBe(sent)
  server.close()
}, 300_000)

describeWith(['dcmtk'], 'a peer by other hands', () => {
  test('to a PACS, by C-STORE, bit for bit', async () => {
    const into = mkdtempSync(join(folder, 'received-'))
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    const peer = spawn('storescp', ['-aet', 'PACS', '+B', '+xa', '-od', into, String(port)], { stdio: 'ignore' })
    try {
      while (!(await isListening(port))) await wait(50)
      const sent = await send({ kind: 'pacs', settings: { dicom: { aeTitle: 'PACS', host: '127.0.0.1', port } } })
      const [file = ''] = readdirSync(into)
      const path = join(into, file)
      expect(await sha256Of(path, await startOfDataSet(path))).toBe(sent)
    } finally {
      peer.kill()
      await once(peer, 'exit')
    }
  }, 300_000)
})

async function sha256Of(path: string, start = 0): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { start, highWaterMark: mebibyte })) hash.update(chunk)
  return hash.digest('hex')
}

async function startOfDataSet(path: string): Promise<number> {
  for await (const chunk of createReadStream(path, { end: 1023 })) return 144 + (chunk as Buffer).readUInt32LE(140)
  throw new Error('an empty file')
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
