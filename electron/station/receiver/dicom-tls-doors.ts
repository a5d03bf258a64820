import type { AlarmProblem } from '../../../shared/problems/alarm.ts'
import { asItIs, filling, inBoth } from '../../../shared/problems/both-words.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { certificateEnds, type DicomTlsSettings } from '../settings/check-dicom-tls.ts'
import { createHandshake, type Handshake } from './dicom-tls.ts'
import type { createFrontDoor, OpenDoor } from './front-door.ts'

export type DoorsParts = {
  readonly frontDoor: ReturnType<typeof createFrontDoor>
  readonly host: string
  /** The port without TLS. */
  readonly port: number
  readonly tls: () => DicomTlsSettings | undefined
  readonly log: Log
  readonly clock: Clock
}

export type Doors = ReturnType<typeof createDoors>

/** A port that was taken is asked for again. */
const tryAgainMilliseconds = 60_000
const day = 86_400_000
const tellBefore = 30 * day

/**
 * Which ports are open: the plain one unless only TLS may, and the one with TLS where it is switched on. They follow the settings;
 * an association under way goes on as it began. What cannot be opened is a problem for staff and is tried again.
 */
export function createDoors({ frontDoor, host, port, tls, log, clock }: DoorsParts) {
  let plain: OpenDoor | undefined
  let secured: (OpenDoor & { readonly wanted: number }) | undefined
  let handshake: Handshake | undefined
  let used: DicomTlsSettings | undefined
  let plainProblem: AlarmProblem | undefined
  let tlsProblem: AlarmProblem | undefined
  let following: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  async function follow(): Promise<void> {
    const wanted = tls()
    await followTls(wanted?.enabled ? wanted : undefined)
    if (!plainIsWanted()) {
      plain?.shut()
      plain = undefined
      plainProblem = undefined
    } else if (!plain) {
      plainProblem = await openPlain().then(
        () => undefined,
        (error) => cannotListen(error, port),
      )
    }
  }

  async function followTls(wanted: DicomTlsSettings | undefined): Promise<void> {
    tlsProblem = undefined
    if (secured && secured.wanted !== wanted?.port) {
      secured.shut()
      secured = undefined
    }
    if (!wanted) return
    try {
      if (used !== wanted) handshake = createHandshake(wanted)
      used = wanted
    } catch (error) {
      const { reason, message } = error as Error & { readonly reason?: string }
      tlsProblem = { code: 'DICOM-TLS-UNUSABLE', with: { detail: reason ?? message } }
      secured?.shut()
      secured = undefined
      return
    }
    if (secured) return
    try {
      // By name, so that a changed certificate holds for the next connection.
      const door = await frontDoor.open({ host, port: wanted.port, secure: (socket) => handshake!(socket) })
      secured = { ...door, wanted: wanted.port }
      log.info({ port: door.port }, 'DICOM over TLS is offered')
    } catch (error) {
      tlsProblem = cannotListen(error, wanted.port)
    }
  }

  const plainIsWanted = () => {
    const { enabled, only } = tls() ?? { enabled: false, only: false }
    return !(enabled && only)
  }

  async function openPlain(): Promise<void> {
    plain = await frontDoor.open({ host, port })
  }

  function cannotListen(error: unknown, at: number): AlarmProblem {
    const { code = '', message } = error as NodeJS.ErrnoException
    log.warn({ port: at, code }, 'a DICOM port cannot be opened')
    const detail = code === 'EADDRINUSE' ? inBoth('端口已被占用', 'the port is taken') : asItIs(code || message)
    return { code: 'DICOM-PORT', with: { port: at, ...filling('detail', detail) } }
  }

  function followSoon(): Promise<void> {
    following = following.then(follow).catch((error) => log.error({ err: error }, 'the DICOM ports cannot be followed'))
    return following
  }

  function problems(): readonly AlarmProblem[] {
    const ends = used && secured ? certificateEnds(used) : undefined
    const left = ends === undefined ? Number.POSITIVE_INFINITY : ends - clock()
    const lapse = left > tellBefore ? [] : [lapsing(left)]
    return [plainProblem, tlsProblem, ...lapse].filter((one) => one !== undefined)
  }

  return {
    /** Opens them. Throws the plain port's own error: without it the station has no reason to run. */
    async start(): Promise<{ readonly host: string; readonly port: number }> {
      if (plainIsWanted()) await openPlain()
      await followSoon()
      timer = setInterval(() => {
        if (plainProblem || tlsProblem) void followSoon()
      }, tryAgainMilliseconds)
      timer.unref()
      const { port: opened } = plain ?? secured ?? { port }
      return { host, port: opened }
    },
    /** The settings have changed; settles when they hold. */
    follow: followSoon,
    async stop(): Promise<void> {
      clearInterval(timer)
      await following
      plain = undefined
      secured = undefined
      await frontDoor.close()
    },
    /** The ports that are open now. */
    open: () => ({ plain: plain && { host, port: plain.port }, tls: secured && { host, port: secured.port } }),
    problems,
  }
}

function lapsing(left: number): AlarmProblem {
  if (left <= 0) return { code: 'DICOM-TLS-LAPSED' }
  return { code: 'DICOM-TLS-LAPSES', with: { days: Math.ceil(left / day) } }
}
