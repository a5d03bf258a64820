import { Readable } from 'node:stream'
import fastify from 'fastify'
import type { ApiRooms } from '../../electron/station/api/api-rooms.ts'
import { answerDicomWeb } from '../../electron/station/api/dicom-web.ts'
import { guard } from '../../electron/station/api/guard.ts'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import { createArchiveQuery } from '../../electron/station/archive/query-archive.ts'
import { createPixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { createFrameRenderer } from '../../electron/station/pictures/render-frame.ts'
import type { ReadAs } from '../../shared/models/settings.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'
import { openArchive } from '../archive/archive-for-tests.ts'

export const tokens = { doctor: 'token-of-doctor', auditor: 'token-of-auditor' } as const
export type DicomWebForTests = Awaited<ReturnType<typeof startDicomWeb>>

/** The DICOMweb services over real HTTP on a real archive; who is logged in is decided by the tokens above. */
export async function startDicomWeb({ readAs = 'declared' }: { readonly readAs?: ReadAs } = {}) {
  const room = await openArchive()
  const pixels = createPixelReader(room.archive)
  const rooms = {
    archive: room.archive,
    archiveQuery: createArchiveQuery(room.db),
    pixels,
    renderFrame: createFrameRenderer(pixels),
    log: room.log,
    settings: { readAsOf: () => readAs },
    sessions: {
      whoIs: (token: string) => {
        const role = Object.entries(tokens).find(([, known]) => known === token)?.[0]
        return role && { id: role, username: role, role }
      },
    },
  } as unknown as ApiRooms
  const server = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 8000 } })
  let port = 0
  guard(
    server,
    () => port,
    () => [],
  )
  await answerDicomWeb(server, rooms)
  await server.listen({ host: '127.0.0.1', port: 0 })
  port = (server.server.address() as { port: number }).port
  const root = `http://127.0.0.1:${port}/dicom-web`

  return {
    ...room,
    root,
    /** A GET with the doctor's token. */
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(path.startsWith('http') ? path : `${root}${path}`, {
        headers: { authorization: `Bearer ${tokens.doctor}`, ...headers },
      }),
    async import(file: string | Buffer): Promise<InstanceFacts> {
      const outcome = await room.archive.importFile(typeof file === 'string' ? file : Readable.from([file]), 'test')
      if (!('instance' in outcome)) throw new Error(JSON.stringify(outcome))
      return outcome.instance
    },
    async stop(): Promise<void> {
      await server.close()
      await pixels.stop()
      room.close()
    },
  }
}

export const pathOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceFacts): string =>
  `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`

export type ReceivedPart = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }

/** The parts of a multipart/related answer, split by its boundary. */
export async function partsOf(answer: Response): Promise<ReceivedPart[]> {
  const boundary = /boundary="?([^";]+)/.exec(answer.headers.get('content-type') ?? '')?.[1]
  if (!boundary) throw new Error(`no multipart: ${answer.status} ${await answer.text()}`)
  const bytes = Buffer.concat([Buffer.from('\r\n'), Buffer.from(await answer.arrayBuffer())])
  const parts: ReceivedPart[] = []
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  for (let at = bytes.indexOf(delimiter); ; ) {
    const start = at + delimiter.length
    if (bytes.toString('latin1', start, start + 2) === '--') return parts
    const next = bytes.indexOf(delimiter, start)
    if (next < 0) throw new Error('the last boundary is missing')
    const part = bytes.subarray(start + 2, next)
    const end = part.indexOf('\r\n\r\n')
    const headers = part
      .toString('latin1', 0, end)
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()])
    parts.push({ headers: Object.fromEntries(headers), body: part.subarray(end + 4) })
    at = next
  }
}

/** A Part 10 file around a data set. */
export function part10Of(dataSet: Buffer, sopInstanceUid: string, transferSyntaxUid = '1.2.840.10008.1.2.1'): Buffer {
  const sopClassUid = '1.2.840.10008.5.1.4.1.1.2'
  return Buffer.concat([
    part10Beginning({ callingAeTitle: 'TEST', sopClassUid, sopInstanceUid, transferSyntaxUid }),
    dataSet,
  ])
}
