import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { ctImageStorage, explicitLittle, give, openArchive, smallObject } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { run } from './receiver-for-tests.ts'

const program = fileURLToPath(new URL('../stand-ins/receiving-station.ts', import.meta.url))
const mebibyte = 1024 * 1024
const frames = 200

describeWith(['dcmtk'], 'a long cine', () => {
  test('of 200 MB is fetched by getscu whole, and the station holds no more of it than a few pieces', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yingzhan-cine-'))
    const cine = await storeCine(folder)
    const station = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said] = await once(station.stdout, 'data')
    const port = /port (\d+)/.exec(String(said))![1]!
    const get = async (name: string, uid: string) => {
      const into = join(folder, name)
      mkdirSync(into)
      const asked = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${uid}`]
      const address = ['-aet', 'WS1', '-aec', 'YINGZHAN', '127.0.0.1', port]
      const { code } = await run('getscu', '-S', '-B', '-od', into, ...address, ...asked)
      return { code, files: readdirSync(into).map((file) => join(into, file)) }
    }
    try {
      expect((await get('small', '1.2.1')).files).toHaveLength(1)
      const before = peakOf(station.pid!)
      const { code, files } = await get('big', '1.2.2')
      expect([code, files.length]).toEqual([0, 1])
      expect(await endOf(files[0]!, cine.length)).toBe(cine.sha256)
      const grown = (peakOf(station.pid!) - before) / mebibyte
      console.log(
        `a cine of ${Math.round(cine.length / mebibyte)} MiB was given out, the station grew by ${grown.toFixed(1)} MiB`,
      )
      expect(grown).toBeLessThan(frames / 2)
    } finally {
      station.kill('SIGKILL')
      await once(station, 'exit')
      rmSync(folder, { recursive: true, force: true })
    }
  }, 120_000)
})

/** A small study 1.2.1 and a cine 1.2.2 in an archive that is closed again. */
async function storeCine(folder: string): Promise<{ readonly sha256: string; readonly length: number }> {
  const room = await openArchive({ keepFolder: folder })
  await give(room, smallObject([{ tag: 0x0020000d, vr: 'UI', value: '1.2.1' }]))
  const { dataSet, sopInstanceUid } = smallObject([{ tag: 0x0020000d, vr: 'UI', value: '1.2.2' }])
  const head = dataSet.subarray(0, dataSet.lastIndexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00])))
  const frame = Buffer.alloc(mebibyte, 'a frame of a heart ')
  const pixels = encodeDataSet([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(0) }], {
    explicitVr: true,
    text: 'ascii',
  })
  pixels.writeUInt32LE(frames * frame.length, 8)
  const hash = createHash('sha256')
  let length = 0
  const announced = {
    callingAeTitle: 'XA1',
    sopClassUid: ctImageStorage,
    sopInstanceUid,
    transferSyntaxUid: explicitLittle,
  }
  const incoming = room.archive.begin(announced)
  for (const piece of [head, pixels, ...Array.from({ length: frames }, () => frame)]) {
    hash.update(piece)
    length += piece.length
    await incoming.write(piece)
  }
  expect((await incoming.finish()).kind).toBe('stored')
  room.close()
  return { sha256: hash.digest('hex'), length }
}

/** SHA-256 of a file's last bytes: its data set. */
async function endOf(path: string, length: number): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { start: statSync(path).size - length })) hash.update(piece)
  return hash.digest('hex')
}

/** The most memory that a process ever had, in bytes; 0 where the system does not tell. */
function peakOf(pid: number): number {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return 0
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))![1]) * 1024
}
