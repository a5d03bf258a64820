import { stat } from 'node:fs/promises'
import { commandField } from '../../../shared/dicom/command-set.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { storageCommitmentInstance } from '../../../shared/dicom/sop-class.ts'
import type { Device } from '../../../shared/models/settings.ts'
import type { Alarm } from '../../../shared/problems/alarm.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import type { Archive } from '../archive/archive.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { OpenAssociation } from './association.ts'
import type { DimseHandler } from './dimse-call.ts'
import { type FoundObject, judgeCommitment, nextCommitmentAttempt } from './judge-commitment.ts'
import { type CommitmentRequest, readCommitmentRequest } from './storage-commitment-data-set.ts'
import { callDevice, type ReportProblem, tellOnAssociation } from './storage-commitment-report.ts'
import { type OpenCommitment, prepareStorageCommitmentSql } from './storage-commitment-sql.ts'

export type StorageCommitmentParts = {
  readonly db: Database
  readonly archive: Pick<Archive, 'instanceByUid' | 'dataSetOf'>
  readonly devices: () => readonly Device[]
  readonly aeTitle: string
  readonly clock: Clock
  readonly events: Events
  readonly log: Log
}

export type StorageCommitment = ReturnType<typeof createStorageCommitment>

/** The only action of the class, PS3.4 J.3.2: request storage commitment. */
const requestCommitment = 1
/** A device that comes may first ask: what waits for it is told a moment later, milliseconds. */
const afterComing = 1000
/** Staff are told of a report that is this late. */
const alarmAfter = 10 * 60_000
const keptFor = 30 * 24 * 3600_000
const forgetEvery = 24 * 3600_000
const stopsWithin = 2000
const longestTimer = 2 ** 31 - 1
const noWay = inBoth(
  '设备没有填写地址和端口，又没有保持连接来取',
  'the device has no address and port here, and keeps no connection on which it could be told',
)
const ownFault = inBoth('影站内部出错，请把日志交给支持人员', 'an error within the station: give its log to support')

/**
 * The SCP of Storage Commitment Push Model, PS3.4 J. A request is on the disk before it is answered. What the archive has is looked at
 * when the report goes out, so that every try says what is true then. The report goes to the device's port, or, where it has none or
 * cannot be told there, on an association that it holds open.
 */
export function createStorageCommitment(parts: StorageCommitmentParts) {
  const { archive, devices, clock, events, log } = parts
  const sql = prepareStorageCommitmentSql(parts.db)
  const open = new Set<OpenAssociation>()
  const ending = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> | undefined
  let unwatch = () => {}
  let forgotAt: number | undefined

  /** At start, and once a day where new ones come in. */
  function forgetOld(): void {
    const now = clock()
    if (forgotAt !== undefined && now - forgotAt < forgetEvery) return
    forgotAt = now
    sql.forget(now - keptFor)
  }

  const take: DimseHandler = async ({ command, dataSet, context, callingAeTitle, reply }) => {
    if (command.actionTypeId !== requestCommitment) {
      await reply.answer({ status: dicomStatus.noSuchActionType })
      return
    }
    // There is but one instance: a device that leaves it out, or names it in the other element, can mean no other.
    const asked = command.requestedSopInstanceUid || command.affectedSopInstanceUid || storageCommitmentInstance
    if (asked !== storageCommitmentInstance) {
      await reply.answer({ status: dicomStatus.noSuchSopInstance })
      return
    }
    const request = dataSet && readCommitmentRequest(dataSet, context.transferSyntax)
    if (!request) {
      log.warn({ callingAeTitle }, 'a request for storage commitment could not be read')
      await reply.answer({ status: dicomStatus.invalidArgumentValue })
      return
    }
    forgetOld()
    sql.keep(callingAeTitle, request, clock())
    log.info({ callingAeTitle, objects: request.referenced.length }, 'storage commitment was asked for')
    await reply.answer({ status: dicomStatus.success })
    sql.hurry(callingAeTitle, clock())
    schedule()
  }

  async function lookAt(sopInstanceUid: string): Promise<FoundObject | undefined> {
    const instance = archive.instanceByUid(sopInstanceUid)
    const stored = instance && archive.dataSetOf(instance.id)
    if (!stored) return undefined
    const size = await stat(stored.path).then(
      (file) => file.size,
      () => undefined,
    )
    return { sopClassUid: instance.sopClassUid, isWhole: size === stored.offset + stored.length }
  }

  async function judged(request: CommitmentRequest) {
    const found = new Map<string, FoundObject | undefined>()
    for (const { sopInstanceUid } of request.referenced) found.set(sopInstanceUid, await lookAt(sopInstanceUid))
    return judgeCommitment(request, (uid) => found.get(uid))
  }

  async function report({ id, callingAeTitle, request, attempts }: OpenCommitment): Promise<void> {
    const result = await judged(request)
    const device = devices().find((one) => one.aeTitle === callingAeTitle)
    const peer =
      device?.port && device.host ? { aeTitle: callingAeTitle, host: device.host, port: device.port } : undefined
    let problem: ReportProblem = noWay
    if (peer) problem = await callDevice(peer, parts.aeTitle, result, ending.signal)
    const here = [...open].filter((one) => one.callingAeTitle === callingAeTitle).at(-1)
    if (problem && here && !ending.signal.aborted) {
      const problemHere = await tellOnAssociation(here, result)
      if (!peer || problemHere === undefined) problem = problemHere
    }
    if (ending.signal.aborted && problem) return
    const about = { callingAeTitle, kept: result.kept.length, failed: result.failed.length }
    if (problem === undefined) {
      sql.sent(id, clock())
      log.info(about, 'a device took its storage commitment report')
    } else {
      sql.failed(id, peer ? nextCommitmentAttempt(clock(), attempts + 1) : null, problem)
      log.warn({ ...about, problem: problem.english }, 'a storage commitment report did not reach its device')
    }
    events.tell({ topic: 'receiver' })
  }

  /** One after the other to a device, at the same time to several. */
  async function work(): Promise<void> {
    const due = sql.due(clock())
    const titles = new Set(due.map((one) => one.callingAeTitle))
    await Promise.all(
      [...titles].map(async (title) => {
        for (const one of due) {
          if (one.callingAeTitle !== title || ending.signal.aborted) continue
          try {
            await report(one)
          } catch (error) {
            if (ending.signal.aborted) return
            log.error({ err: error }, 'a storage commitment report failed')
            sql.failed(one.id, nextCommitmentAttempt(clock(), one.attempts + 1), ownFault)
          }
        }
      }),
    )
  }

  function schedule(): void {
    clearTimeout(timer)
    if (working || ending.signal.aborted) return
    const next = sql.nextAt()
    if (next === undefined) return
    timer = setTimeout(
      () => {
        working = work().finally(() => {
          working = undefined
          schedule()
        })
      },
      Math.min(Math.max(0, next - clock()), longestTimer),
    )
  }

  return {
    handlers: { [commandField.nActionRq]: take } as Readonly<Record<number, DimseHandler>>,

    /** A device offers the class: what waits for it can be told here. */
    opened(association: OpenAssociation): void {
      if (!association.contexts.some((context) => context.service === 'storage-commitment')) return
      open.add(association)
      if (sql.hurry(association.callingAeTitle, clock() + afterComing)) schedule()
    },
    closed(association: OpenAssociation): void {
      open.delete(association)
    },

    start(): void {
      forgetOld()
      // A port or an address may have been corrected.
      unwatch = events.watch((event) => {
        if (event.topic === 'settings' && sql.hurryAll(clock())) schedule()
      })
      schedule()
    },
    /** What was not taken yet goes out at the next start. */
    async stop(): Promise<void> {
      unwatch()
      ending.abort()
      clearTimeout(timer)
      // A device that does not answer the connection may take longer than the station may take to stop.
      await Promise.race([working, new Promise((resolve) => setTimeout(resolve, stopsWithin).unref())])
    },

    /** Devices that still wait for a report. */
    alarms: (): Alarm[] =>
      sql.unsent(clock() - alarmAfter).map(({ callingAeTitle, requests, lastProblem }) => {
        const name = devices().find((device) => device.aeTitle === callingAeTitle)?.name ?? callingAeTitle
        return { code: 'COMMITMENT-UNDELIVERED', with: { device: name, requests, ...filling('why', lastProblem) } }
      }),
  }
}
