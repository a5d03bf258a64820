import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAssociation } from '../../electron/training/dicom-association.ts'
import {
  ctImageStorage,
  explicitLittle,
  openArchive,
  type SmallObject,
  smallObject,
  storedDataSet,
} from '../archive/archive-for-tests.ts'

const rounds = Number(process.env.KILL_ROUNDS ?? 6)
const program = join(import.meta.dirname, '..', 'stand-ins', 'receiving-station.ts')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-kill-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function startStation(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (bytes) => {
      text += bytes
      const found = /port (\d+)/.exec(text)?.[1]
      if (found) resolve(Number(found))
    })
    child.once('exit', (code) => reject(new Error(`the station ended with ${code}`)))
  })
  return { child, port }
}

/** Sends objects until the station is gone; gives those that it said it has. */
async function sendUntilGone(port: number): Promise<SmallObject[]> {
  const acknowledged: SmallObject[] = []
  const address = { callingAeTitle: 'CT1', calledAeTitle: 'YINGZHAN', host: '127.0.0.1', port }
  try {
    const wanted = [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] }]
    const association = await openAssociation(address, wanted)
    for (;;) {
      const object = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(300_000, acknowledged.length) }])
      if ((await association.store(association.granted[0]!, object.sopInstanceUid, object.dataSet)) === 0)
        acknowledged.push(object)
    }
  } catch {
    return acknowledged
  }
}

test(`a station that is killed ${rounds} times while four devices send has all that it said it has`, {
  timeout: 120_000,
}, async () => {
  const acknowledged: SmallObject[] = []
  for (let round = 0; round < rounds; round++) {
    const { child, port } = await startStation()
    const exited = new Promise((resolve) => child.once('exit', resolve))
    const senders = Array.from({ length: 4 }, () => sendUntilGone(port))
    await new Promise((resolve) => setTimeout(resolve, 150 + round * 67))
    child.kill('SIGKILL')
    await exited
    acknowledged.push(...(await Promise.all(senders)).flat())
  }
  const room = await openArchive({ keepFolder: folder })
  const found = await room.archive.sweep()
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(found.missingFiles).toEqual([])
  for (const object of acknowledged) {
    const instance = room.archive.instanceByUid(object.sopInstanceUid)
    expect([object.sopInstanceUid, instance !== undefined]).toEqual([object.sopInstanceUid, true])
    expect((await storedDataSet(room.archive, instance!.id)).equals(object.dataSet)).toBe(true)
  }
  expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  expect(room.audit.firstBrokenRow()).toBeUndefined()
  const { quarantined, instances } = room.archive.counts()
  console.log(
    `${rounds} kills: ${acknowledged.length} acknowledged, ${instances} stored, ${quarantined} unfinished in quarantine`,
  )
  room.close()
})
