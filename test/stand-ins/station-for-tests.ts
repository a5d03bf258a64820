import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnswerOf, BodyInputOf, QueryInputOf } from '../../shared/api/route.ts'
import { type Routes, routes } from '../../shared/api/routes.ts'
import type { ErrorAnswer } from '../../shared/api/views.ts'

const program = fileURLToPath(new URL('../../electron/station/station-main.ts', import.meta.url))

export const adminPassword = 'Admin-for-tests-1'

export type Ready = {
  readonly url: string
  readonly dicom: { readonly aeTitle: string; readonly host: string; readonly port: number }
  readonly data: string
}
export type Failed = { readonly code: string; readonly message: string; readonly action: string }

export type StationOptions = {
  readonly dataFolder?: string
  /** Absent: the station has an administrator. null: nobody set it up yet. */
  readonly adminPassword?: string | null
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export type StationForTests = Awaited<ReturnType<typeof startStation>>

/**
 * Starts the program as it is, on ports of 127.0.0.1 that are free, in a folder of its own. Whatever it prints is kept, so that a
 * test can look for what must not be there.
 */
export function runStation(options: StationOptions = {}) {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'yingzhan-station-'))
  const ports = ['--http-port', '0', '--dicom-host', '127.0.0.1', '--dicom-port', '0']
  const args = [program, '--headless', '--data', dataFolder, ...ports, ...(options.args ?? [])]
  const { STATION_ADMIN_PASSWORD: _, ...inherited } = process.env
  const password = options.adminPassword === undefined ? adminPassword : options.adminPassword
  const child = spawn(process.execPath, args, {
    env: { ...inherited, ...(password !== null && { STATION_ADMIN_PASSWORD: password }), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    printed.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    printed.err += chunk
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { child, dataFolder, printed, ended, first: firstLine(child, printed) }
}

/** The first line on stdout says whether the station is ready or why not. */
async function firstLine(child: ChildProcess, printed: { out: string; err: string }) {
  const exited = once(child, 'exit')
  while (!printed.out.includes('\n')) {
    const gone = await Promise.race([once(child.stdout!, 'data').then(() => false), exited.then(() => true)])
    if (gone && !printed.out.includes('\n')) throw new Error(`the station ended without a word:\n${printed.err}`)
  }
  return JSON.parse(printed.out.split('\n', 1)[0]!) as ({ event: 'ready' } & Ready) | ({ event: 'failed' } & Failed)
}

export async function startStation(options: StationOptions = {}) {
  const running = runStation(options)
  const line = await running.first
  if (line.event !== 'ready')
    throw new Error(`the station did not start: ${line.code} ${line.message}\n${running.printed.err}`)
  let token = ''

  async function logIn(username: string, password: string): Promise<string> {
    const session = await client('').sessionCreate({ body: { username, password } })
    return session.token
  }

  /** Calls that must succeed: the answer, or the test fails with what the station said. */
  function client(as: string): Client {
    return new Proxy({} as Client, {
      get:
        (_, name: keyof Routes) =>
        async (input: AnyInput = {}) => {
          const answer = await call(name, { token: as, ...input })
          if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text.slice(0, 500)}`)
          return answer.json
        },
    })
  }

  /** Any call, with whatever came of it. */
  function call(name: keyof Routes, input: AnyInput & { token?: string; headers?: Headers } = {}): Promise<Answer> {
    const route = routes[name]
    const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(input.params?.[key] ?? 'none'))
    const query = new URLSearchParams(input.query as Record<string, string> | undefined).toString()
    return send(route.method, query ? `${path}?${query}` : path, {
      headers: { ...((input.token ?? token) && { authorization: `Bearer ${input.token ?? token}` }), ...input.headers },
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
    })
  }

  /** Raw: any header may be given, Host and Origin too. */
  function send(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Headers; body?: string | Buffer } = {},
  ) {
    const url = new URL((line as Ready).url)
    return new Promise<Answer>((resolve, reject) => {
      const outgoing = httpRequest(
        {
          host: '127.0.0.1',
          port: url.port,
          method,
          path,
          agent: false,
          headers: {
            ...(body !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
            ...headers,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('error', reject)
          incoming.on('end', () => {
            const bytes = Buffer.concat(chunks)
            const isJson = String(incoming.headers['content-type']).includes('json')
            const text = bytes.toString('utf8')
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              bytes,
              text,
              json: isJson && text ? JSON.parse(text) : undefined,
            })
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }

  if (options.adminPassword !== null) token = await logIn('admin', options.adminPassword ?? adminPassword)

  return {
    ...running,
    ...(line as Ready),
    /** The administrator's token. */
    token,
    api: client(token),
    apiAs: client,
    logIn,
    call,
    send,
    /** As an operator does it; the folder stays. Gives the exit code. */
    async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
      running.child.kill(signal)
      return await running.ended
    },
    async stop(): Promise<void> {
      if (running.child.exitCode === null) running.child.kill('SIGTERM')
      await running.ended
      rmSync(running.dataFolder, { recursive: true, force: true })
    },
  }
}

export type Headers = Readonly<Record<string, string>>

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects to be there
  readonly json: any
}

type AnyInput = { params?: Readonly<Record<string, string>>; query?: unknown; body?: unknown }

type InputOf<R> = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: QueryInputOf<R>
  readonly body?: BodyInputOf<R>
}
type Client = { readonly [Name in keyof Routes]: (input?: InputOf<Routes[Name]>) => Promise<AnswerOf<Routes[Name]>> }

export const errorOf = (answer: Answer): ErrorAnswer['error'] => (answer.json as ErrorAnswer).error
