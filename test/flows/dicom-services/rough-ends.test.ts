import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../../peers.ts'
import { callArguments, dcmtk } from '../../stand-ins/dcmtk.ts'
import { eventually } from '../../stand-ins/eventually.ts'
import { startStation } from '../../stand-ins/station-for-tests.ts'
import { instancesHeld } from '../../stand-ins/station-images.ts'
import { tinyObject, writeTinyStudy } from '../../stand-ins/tiny-objects.ts'

const noDelay = { TCP_NODELAY: '1' }

describeWith(['dcmtk'], 'the receiver at rough ends', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-rough-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('killed in the middle of four associations, it holds after the next start whatever it acknowledged', async () => {
    const dataFolder = join(folder, 'killed')
    const first = await startStation({ dataFolder })
    await first.api.deviceCreate({ body: { name: 'CT1', aeTitle: 'CT1' } })
    const studies = ['2.25.1', '2.25.2', '2.25.3', '2.25.4']
    const uids = studies.map((study) => writeTinyStudy(join(folder, study), 400, { studyInstanceUid: study }))
    const sending = studies.map((study) =>
      dcmtk('storescu', ['-v', '+sd', ...callArguments('CT1', first.dicom), join(folder, study)], noDelay),
    )
    await eventually(async () => (await instancesHeld(first, '2.25.1')).length > 40)
    await first.end('SIGKILL')
    const said = await Promise.all(sending)
    const second = await startStation({ dataFolder })
    try {
      let acknowledged = 0
      for (const [index, study] of studies.entries()) {
        const held = new Set(await instancesHeld(second, study))
        const answered = numbersAnswered(said[index]!.output).map((number) => uids[index]![number - 1]!)
        expect(answered.filter((uid) => !held.has(uid))).toEqual([])
        acknowledged += answered.length
      }
      expect(acknowledged).toBeGreaterThan(40)
      expect(acknowledged).toBeLessThan(1600)
    } finally {
      await second.stop()
    }
  }, 60_000)

  test('told to stop in the middle of everything, it ends with 0 within five seconds', async () => {
    const station = await startStation()
    await station.api.deviceCreate({ body: { name: 'CT1', aeTitle: 'CT1' } })
    writeTinyStudy(join(folder, 'stopped'), 300, { studyInstanceUid: '2.25.5' })
    const call = callArguments('CT1', station.dicom)
    const silent = connect(station.dicom.port, '127.0.0.1')
    silent.on('error', () => {})
    const sending = [
      dcmtk('storescu', ['-v', '+sd', ...call, join(folder, 'stopped')], noDelay),
      dcmtk('echoscu', ['--repeat', '5000', ...call]),
      dcmtk('findscu', ['-W', '--repeat', '500', '-k', '0010,0010', ...call]),
      dcmtk('getscu', ['-od', folder, '-S', '-k', '0008,0052=STUDY', '-k', '0020,000d=2.25.5', ...call]),
    ]
    await eventually(async () => (await instancesHeld(station, '2.25.5')).length > 20)
    const before = performance.now()
    expect(await station.end()).toBe(0)
    expect(performance.now() - before).toBeLessThan(5000)
    silent.destroy()
    await Promise.all(sending)
    await station.stop()
  }, 60_000)

  test('associations that break off anywhere leave neither memory nor open files, and later ones work', async () => {
    const station = await startStation()
    try {
      await station.api.deviceCreate({ body: { name: 'CT1', aeTitle: 'CT1' } })
      const file = join(folder, 'broken.dcm')
      writeFileSync(file, tinyObject({ studyInstanceUid: '2.25.6', number: 1 }).file)
      const said = await recorded(station.dicom.port, (port) =>
        dcmtk('storescu', ['--repeat', '20', ...callArguments('CT1', { ...station.dicom, port }), file], noDelay),
      )
      const seed = numbersFrom(4711)
      const breakOff = async () => {
        const socket = connect(station.dicom.port, '127.0.0.1')
        socket.on('error', () => {})
        socket.on('data', () => {})
        await once(socket, 'connect')
        const end = Math.floor(seed() * said.length)
        const gone = once(socket, 'close')
        await new Promise((resolve) => socket.write(said.subarray(0, end), resolve))
        if (seed() < 0.5) socket.resetAndDestroy()
        else socket.end()
        // Half of them leave properly; the station then closes its side.
        await gone
      }
      for (let turn = 0; turn < 20; turn++) await Promise.all([breakOff(), breakOff()])
      const pid = station.child.pid!
      const before = held(pid)
      for (let turn = 0; turn < 100; turn++) await Promise.all([breakOff(), breakOff()])
      await eventually(() => held(pid).files <= before.files + 4)
      expect(held(pid).megabytes).toBeLessThan(before.megabytes + 100)
      expect((await dcmtk('storescu', [...callArguments('CT1', station.dicom), file], noDelay)).code).toBe(0)
    } finally {
      await station.stop()
    }
  }, 90_000)
})

/** The files that storescu -v had an answer for: it names each before it sends it, in no order of its own. */
const numbersAnswered = (output: string): number[] =>
  [...output.matchAll(/Sending file: \S*?(\d+)\.dcm(?:(?!Sending file)[\s\S])*?Store Response \(Success\)/g)].map(
    (one) => Number(one[1]),
  )

/** Open files and resident memory as Linux tells them; elsewhere nothing is told. */
function held(pid: number): { readonly files: number; readonly megabytes: number } {
  if (process.platform !== 'linux') return { files: 0, megabytes: 0 }
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { files: readdirSync(`/proc/${pid}/fd`).length, megabytes: Number(resident) / 1024 }
}

/** What a client says while it talks to a port through a middleman. */
async function recorded(port: number, talk: (port: number) => Promise<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = []
  const middleman = createServer((client) => {
    const server = connect(port, '127.0.0.1')
    client.on('data', (chunk: Buffer) => chunks.push(chunk))
    client.pipe(server).pipe(client)
    for (const socket of [client, server]) socket.on('error', () => {})
  }).listen(0, '127.0.0.1')
  await once(middleman, 'listening')
  await talk((middleman.address() as { port: number }).port)
  middleman.close()
  return Buffer.concat(chunks)
}

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
function numbersFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
