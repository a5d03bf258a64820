import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReceivedInstance } from '../../electron/training/simulated-gateway-dicom.ts'

export type KeepingGateway = Awaited<ReturnType<typeof startKeepingGateway>>

/** The gateway of a cloud that keeps every file that ever came, so that a test can read them: dcmtk's storescp. */
export async function startKeepingGateway(aeTitle = 'AIMIS') {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-gateway-'))
  const port = await freePort()
  const args = ['-aet', aeTitle, '+xa', '--unique-filenames', '-od', folder, String(port)]
  const child: ChildProcess = spawn('storescp', args, { stdio: 'ignore' })
  await listening(aeTitle, port)
  const known = new Map<string, KeptFile>()

  /** In the order of their arrival. */
  function files(): readonly KeptFile[] {
    const names = readdirSync(folder).filter((name) => !name.endsWith('.tmp'))
    for (const name of names) if (!known.has(name)) known.set(name, read(join(folder, name)))
    return [...known.values()]
  }

  return {
    host: '127.0.0.1',
    port,
    aeTitle,
    files,
    /** As the simulated cloud wants to know it: each object once, the newest of them. */
    receivedInstances(): readonly ReceivedInstance[] {
      const newest = new Map<string, ReceivedInstance>()
      for (const { values } of files()) {
        const uid = values('SOPInstanceUID')
        newest.set(uid, {
          sopInstanceUid: uid,
          sopClassUid: values('SOPClassUID'),
          studyInstanceUid: values('StudyInstanceUID'),
          seriesInstanceUid: values('SeriesInstanceUID'),
          accessionNumber: values('AccessionNumber'),
          patientId: values('PatientID'),
          transferSyntaxUid: values('TransferSyntaxUID'),
          sha256: '',
          callingAeTitle: '',
          received: (newest.get(uid)?.received ?? 0) + 1,
        })
      }
      return [...newest.values()]
    },
    async stop(): Promise<void> {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type KeptFile = {
  readonly path: string
  /** All that dcmdump prints. */
  readonly dump: string
  /** The value of a keyword at the top of the data set; '' where it is absent or empty. */
  readonly values: (keyword: string) => string
}

function read(path: string): KeptFile {
  const dump = spawnSync('dcmdump', ['-M', '-Un', '+U8', '+L', path], { encoding: 'utf8' }).stdout
  const values = (keyword: string) => {
    const line = dump.split('\n').find((one) => /^\(/.test(one) && one.trimEnd().endsWith(` ${keyword}`)) ?? ''
    return /\[(.*)\]/.exec(line)?.[1] ?? /^\S+ \S+ =(\S+)/.exec(line)?.[1] ?? ''
  }
  return { path, dump, values }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function listening(aeTitle: string, port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (spawnSync('echoscu', ['-aec', aeTitle, '127.0.0.1', String(port)]).status === 0) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('storescp does not listen')
}
