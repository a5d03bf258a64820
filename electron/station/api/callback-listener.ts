import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Destination } from '../../../shared/models/destination.ts'
import type { Alarm } from '../../../shared/problems/alarm.ts'
import { type BothWords, filling, inBoth } from '../../../shared/problems/both-words.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { CloudStatuses } from '../uploads/cloud-status.ts'
import { destinationOfCallback, largestCallback } from './callback-path.ts'

export type CallbackListenerDeps = {
  readonly cloudStatuses: CloudStatuses
  readonly destinations: () => readonly Destination[]
  readonly events: Events
  readonly log: Log
}

export type CallbackListener = ReturnType<typeof createCallbackListener>

type Door = { readonly host: string; readonly port: number; readonly destinations: ReadonlySet<string> }

export const callbackLimits = { requestMs: 10_000, connections: 16, headerBytes: 8 * 1024 } as const
/** A port that was taken is asked for again. */
const tryAgainMs = 60_000

/**
 * The doors that clouds may knock at: a small server on the host and port of each destination that has one, answering its callback
 * and nothing else. It follows the settings: switched off, it is gone.
 */
export function createCallbackListener(deps: CallbackListenerDeps) {
  const open = new Map<string, { readonly server: Server; door: Door }>()
  /** host:port → where, and why not. */
  const problems = new Map<string, BothWords>()
  let following: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let unwatch: (() => void) | undefined

  async function follow(): Promise<void> {
    const wanted = doorsOf(deps.destinations())
    for (const [key, { server }] of open) {
      if (wanted.has(key)) continue
      open.delete(key)
      await close(server)
    }
    for (const key of problems.keys()) if (!wanted.has(key)) problems.delete(key)
    for (const [key, door] of wanted) {
      const known = open.get(key)
      if (known) known.door = door
      else await openDoor(key, door)
    }
  }

  async function openDoor(key: string, door: Door): Promise<void> {
    const isOurs = (id: string) => open.get(key)?.door.destinations.has(id) === true
    const server = createCallbackServer((id, request, body) =>
      isOurs(id) ? deps.cloudStatuses.receive(id, request.headers, body) : undefined,
    )
    const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve).listen(door.port, door.host, () => resolve(undefined))
    })
    if (failure) {
      const [at, why] = [`${door.host}:${door.port}`, failure.code ?? failure.message]
      problems.set(key, inBoth(`${at}（${why}）`, `${at} (${why})`))
      deps.log.warn({ port: door.port, code: failure.code }, 'cannot listen for status callbacks')
      return
    }
    problems.delete(key)
    server.on('error', (error) => deps.log.error({ err: error }, 'the callback listener failed'))
    open.set(key, { server, door })
  }

  function followSoon(): Promise<void> {
    following = following.then(follow).catch((error) => deps.log.error({ err: error }, 'the callback listener failed'))
    return following
  }

  return {
    async start(): Promise<void> {
      unwatch = deps.events.watch((event) => {
        if (event.topic === 'settings') void followSoon()
      })
      timer = setInterval(() => {
        if (problems.size > 0) void followSoon()
      }, tryAgainMs)
      timer.unref()
      await followSoon()
    },
    /** Where it listens, for tests and the health page. */
    addresses: () => [...open.values()].map(({ server }) => server.address()),
    settled: (): Promise<void> => followSoon(),
    async stop(): Promise<void> {
      unwatch?.()
      clearInterval(timer)
      await following
      await Promise.all([...open.values()].map(({ server }) => close(server)))
      open.clear()
    },
    alarms: (): Alarm[] =>
      [...problems.values()].map((where) => ({ code: 'CALLBACK-PORT', with: filling('where', where) })),
  }
}

/** host:port → who listens there. */
function doorsOf(destinations: readonly Destination[]): ReadonlyMap<string, Door> {
  const doors = new Map<string, Door>()
  for (const destination of destinations) {
    if (destination.kind !== 'aimis' || !destination.enabled) continue
    const { enabled, host, port } = destination.settings.callback
    if (!enabled || port === undefined) continue
    const key = `${host}:${port}`
    const ids = new Set([...(doors.get(key)?.destinations ?? []), destination.id])
    doors.set(key, { host, port, destinations: ids })
  }
  return doors
}

type Receive = (destinationId: string, request: IncomingMessage, body: unknown) => object | undefined

function createCallbackServer(receive: Receive): Server {
  const server = createServer(
    {
      requestTimeout: callbackLimits.requestMs,
      headersTimeout: callbackLimits.requestMs,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: callbackLimits.headerBytes,
      keepAlive: false,
    },
    (request, response) => {
      answer(request, response, receive).catch(() => request.socket.destroy())
    },
  )
  server.maxConnections = callbackLimits.connections
  server.keepAliveTimeout = 1000
  return server
}

async function answer(request: IncomingMessage, response: ServerResponse, receive: Receive): Promise<void> {
  const id = request.method === 'POST' ? destinationOfCallback(request.url ?? '') : undefined
  if (id === undefined) return end(response, 404)
  const body = await readBody(request)
  if (body === 'too-large') return end(response, 413)
  const answered = receive(id, request, body)
  if (!answered) return end(response, 404)
  end(response, 200, JSON.stringify(answered))
}

/** The parsed JSON; undefined where it is none. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestCallback) return 'too-large'
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    return undefined
  }
}

/** Says no more than it must: no name, no version, and the connection is over. */
function end(response: ServerResponse, status: number, body = ''): void {
  response.writeHead(status, {
    ...(body === '' ? {} : { 'Content-Type': 'application/json;charset=utf-8' }),
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  })
  response.end(body)
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
