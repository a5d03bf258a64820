import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findOrthanc } from '../../build/peer-list.ts'

export const orthancUser = { username: 'clinic', password: '密码 p:1' }

export type Orthanc = Awaited<ReturnType<typeof startOrthanc>>

/** A real PACS with DICOMweb on ports of this computer that are free, in a folder of its own, with a user and a password. */
export async function startOrthanc(
  options: { readonly overwrites?: boolean; readonly more?: Readonly<Record<string, unknown>> } = {},
) {
  const found = findOrthanc()
  if (!found) throw new Error('Orthanc is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-orthanc-'))
  const [httpPort, dicomPort] = [await freePort(), await freePort()]
  const configuration = {
    Name: 'Test',
    StorageDirectory: join(folder, 'db'),
    IndexDirectory: join(folder, 'db'),
    Plugins: [found.dicomWeb],
    HttpPort: httpPort,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: true,
    RegisteredUsers: { [orthancUser.username]: orthancUser.password },
    DicomAet: 'ORTHANC',
    DicomPort: dicomPort,
    DicomCheckCalledAet: true,
    DicomAlwaysAllowEcho: true,
    DicomAlwaysAllowStore: true,
    OverwriteInstances: options.overwrites ?? true,
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
    ...options.more,
  }
  const file = join(folder, 'orthanc.json')
  writeFileSync(file, JSON.stringify(configuration))
  const child = spawn(found.program, [file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-4000)
    })
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${httpPort}`
  const login = `Basic ${Buffer.from(`${orthancUser.username}:${orthancUser.password}`).toString('base64')}`
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: login } })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  }
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 200) throw new Error(`Orthanc did not start: ${said}`)
    if (await get('/system').catch(() => undefined)) break
    await wait(100)
  }
  return {
    url,
    dicomWebUrl: `${url}/dicom-web`,
    dicom: { aeTitle: 'ORTHANC', host: '127.0.0.1', port: dicomPort },
    pid: child.pid!,
    /** The files that it holds, as it gives them out. */
    async files(): Promise<Buffer[]> {
      const ids = JSON.parse((await get('/instances')).toString()) as string[]
      return Promise.all(ids.map((id) => get(`/instances/${id}/file`)))
    },
    /** Its REST API, JSON both ways. */
    // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects to be there
    async call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<any> {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: login },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    async count(): Promise<number> {
      return (JSON.parse((await get('/instances')).toString()) as string[]).length
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM')
      const isOver = await Promise.race([ended.then(() => true), wait(5000).then(() => false)])
      if (!isOver) child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
