import { isIP, type Socket } from 'node:net'
import type { AssociationRequest } from '../../../shared/dicom/association-request.ts'
import { commandField } from '../../../shared/dicom/command-set.ts'
import { specificCharacterSetOf } from '../../../shared/dicom/encode-text.ts'
import type { Device, ReadAs } from '../../../shared/models/settings.ts'
import type { WorklistItem } from '../../../shared/models/worklist-item.ts'
import type { AlarmProblem } from '../../../shared/problems/alarm.ts'
import type { Archive } from '../archive/archive.ts'
import type { ArchiveQuery } from '../archive/query-archive.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { WorklistScope } from '../exams/exams.ts'
import type { Log } from '../log.ts'
import type { AuditLog } from '../people/audit-log.ts'
import type { DicomTlsSettings } from '../settings/check-dicom-tls.ts'
import { createAssociation, type OpenAssociation as OpenDialogue } from './association.ts'
import { decideAssociation, type Rejection } from './association-policy.ts'
import type { Service } from './context-answer.ts'
import { createDoors } from './dicom-tls-doors.ts'
import type { DimseHandler } from './dimse-call.ts'
import { createArchiveFind } from './find-in-archive.ts'
import { createFrontDoor, type Visitor } from './front-door.ts'
import { createArchiveGet } from './get-from-archive.ts'
import { createHostAddresses, type ResolveName } from './host-addresses.ts'
import { createArchiveMove } from './move-from-archive.ts'
import { createPerformedStepHandlers, type PerformedStepParts } from './performed-step.ts'
import { otherClass, receiveInstance, refusedReceipt } from './receive-instance.ts'
import { type ReceiverLimits, receiverLimits } from './receiver-limits.ts'
import { receiverStartError } from './receiver-start-error.ts'
import type { StorageCommitment } from './storage-commitment.ts'
import { textEncodings } from './worklist-attributes.ts'
import { createWorklistFind } from './worklist-find.ts'

/** Somebody who is not known here tried to associate. */
export type Knock = {
  readonly callingAeTitle: string
  readonly calledAeTitle: string
  readonly host: string
  readonly at: number
  readonly reason: 'unknown-calling-ae' | 'wrong-called-ae' | 'wrong-address'
  /** The device is registered with this host name, and nobody knows its address. */
  readonly unknownHost?: string
  readonly implementation: string
  /** The abstract syntaxes it proposed. */
  readonly proposes: readonly string[]
}

export type ReceiverParts = {
  readonly config: { readonly aeTitle: string; readonly host: string; readonly port: number }
  readonly archive: Archive
  readonly query: ArchiveQuery
  readonly audit: AuditLog
  /** The exams that wait for images. May return more than the scope; never less. */
  readonly worklist: (scope: WorklistScope) => readonly WorklistItem[]
  /** What devices tell of their steps (MPPS). Absent: it is not taken. */
  readonly performedSteps?: Pick<PerformedStepParts, 'create' | 'change'>
  readonly commitment?: Pick<StorageCommitment, 'handlers' | 'opened' | 'closed'>
  readonly devices: () => readonly Device[]
  /** Training mode: any AE title may connect and be called. */
  readonly acceptUnknown: () => boolean
  readonly onKnock: (knock: Knock) => void
  /** How DICOM over TLS is offered; absent: not at all. */
  readonly tls?: () => DicomTlsSettings
  /** Absent: by the operating system, which asks DNS. */
  readonly resolveName?: ResolveName
  readonly log: Log
  readonly clock: Clock
  readonly events: Events
  readonly limits?: Partial<ReceiverLimits>
}

export type ReceiverStatus = {
  readonly listening: { readonly host: string; readonly port: number } | undefined
  readonly listeningTls: { readonly host: string; readonly port: number } | undefined
  /** Why a port is not open that should be, and certificates that end. */
  readonly problems: readonly AlarmProblem[]
  readonly sockets: number
  readonly associations: readonly {
    readonly callingAeTitle: string
    readonly host: string
    readonly since: number
    readonly received: number
    /** Of the newest object that was kept; undefined before the first one. */
    readonly studyInstanceUid: string | undefined
  }[]
  /** Since the start. */
  readonly received: number
  readonly refused: number
}

export type Receiver = {
  /** Throws ReceiverStartError when the port cannot be had. */
  start(): Promise<{ readonly host: string; readonly port: number }>
  stop(): Promise<void>
  /** The settings of TLS have changed; settles when they hold. Associations under way go on. */
  followTls(): Promise<void>
  status(): ReceiverStatus
}

const tellEveryMilliseconds = 1000

export function createReceiver(parts: ReceiverParts): Receiver {
  const { archive, log, clock, events } = parts
  const limits = { ...receiverLimits, ...parts.limits }
  const associations = new Map<Socket, OpenAssociation>()
  const hosts = createHostAddresses(clock, parts.resolveName)
  let received = 0
  let refused = 0

  const answersWorklist = createWorklistFind({
    worklist: parts.worklist,
    characterSetOf: (aeTitle) => deviceOf(aeTitle)?.characterSet,
    readAsOf,
    most: limits.worklistAnswers,
    log,
  })
  const priors = {
    archive,
    query: parts.query,
    aeTitle: parts.config.aeTitle,
    devices: parts.devices,
    most: limits.queryAnswers,
    audit: parts.audit,
    log,
  }
  /** What is done with which request on which kind of context, by CommandField. */
  const handlers: Partial<Record<Service, Readonly<Record<number, DimseHandler>>>> = {
    worklist: { [commandField.cFindRq]: answersWorklist },
    'query-patient-root': { [commandField.cFindRq]: createArchiveFind(priors, 'patient-root') },
    'query-study-root': { [commandField.cFindRq]: createArchiveFind(priors, 'study-root') },
    'move-patient-root': { [commandField.cMoveRq]: createArchiveMove(priors, 'patient-root') },
    'move-study-root': { [commandField.cMoveRq]: createArchiveMove(priors, 'study-root') },
    'get-patient-root': { [commandField.cGetRq]: createArchiveGet(priors, 'patient-root') },
    'get-study-root': { [commandField.cGetRq]: createArchiveGet(priors, 'study-root') },
    ...(parts.performedSteps && {
      'performed-step': createPerformedStepHandlers({
        ...parts.performedSteps,
        assumedCharacterSet,
        readAsOf,
        log,
      }),
    }),
    ...(parts.commitment && { 'storage-commitment': parts.commitment.handlers }),
  }

  const deviceOf = (aeTitle: string) => parts.devices().find((device) => device.aeTitle === aeTitle)
  function readAsOf(aeTitle: string): ReadAs {
    return deviceOf(aeTitle)?.readAs ?? 'declared'
  }
  function assumedCharacterSet(aeTitle: string): string {
    return specificCharacterSetOf[textEncodings[deviceOf(aeTitle)?.characterSet ?? 'gb18030']]
  }

  function welcome(socket: Socket, host: string): Visitor {
    let dialogue: OpenDialogue | undefined
    const visitor = createAssociation(socket, limits, {
      prepare: ({ callingAeTitle }) => hosts.lookUp(deviceOf(callingAeTitle)?.host ?? ''),
      decide(request) {
        const decision = decideAssociation(request, {
          aeTitle: parts.config.aeTitle,
          devices: new Map(parts.devices().map((device) => [device.aeTitle, device.host])),
          addressesOf: hosts.of,
          address: host,
          acceptUnknown: parts.acceptUnknown(),
          heldSyntaxes: parts.query.heldSyntaxes,
          associations: associations.size,
          associationsOfAddress: [...associations.values()].filter((open) => open.host === host).length,
          limits,
        })
        if (decision.kind === 'reject') turnAway(request, decision.why, host)
        return decision
      },
      accepted(request) {
        const { callingAeTitle } = request
        const since = clock()
        associations.set(socket, {
          callingAeTitle,
          host,
          since,
          received: 0,
          studyInstanceUid: undefined,
          toldAt: since,
        })
        events.tell({ topic: 'receiver' })
      },
      opened(open) {
        dialogue = open
        parts.commitment?.opened(open)
      },
      handlerOf: (context, field) => handlers[context.service]?.[field],
      async receive({ affectedSopClassUid, affectedSopInstanceUid }, context, callingAeTitle) {
        const sopClassUid = affectedSopClassUid || context.abstractSyntax
        if (sopClassUid !== context.abstractSyntax) return refusedReceipt(otherClass)
        return receiveInstance(archive, {
          callingAeTitle,
          transferSyntaxUid: context.transferSyntax,
          sopClassUid,
          sopInstanceUid: affectedSopInstanceUid,
        })
      },
      stored(answer) {
        const open = associations.get(socket)
        if (answer.isKept) {
          received++
          if (open) count(open, answer.studyInstanceUid)
        } else {
          refused++
          const { status, comment } = answer
          log.warn({ callingAeTitle: open?.callingAeTitle, status, comment }, 'an object was refused')
        }
      },
      failed(error) {
        log.error({ err: error, host }, 'an association failed')
      },
    })
    return {
      ...visitor,
      async close() {
        if (associations.delete(socket)) events.tell({ topic: 'receiver' })
        if (dialogue) parts.commitment?.closed(dialogue)
        await visitor.close()
      },
    }
  }

  /** Watchers are told of the first object, of another study, and then once a second: a CT sends dozens in it. */
  function count(open: OpenAssociation, studyInstanceUid: string | undefined): void {
    open.received++
    const isOther = studyInstanceUid !== open.studyInstanceUid
    open.studyInstanceUid = studyInstanceUid
    if (!isOther && clock() - open.toldAt < tellEveryMilliseconds) return
    open.toldAt = clock()
    events.tell({ topic: 'receiver' })
  }

  function turnAway(request: AssociationRequest, why: Rejection['why'], host: string): void {
    const { callingAeTitle, calledAeTitle } = request
    log.warn({ callingAeTitle, calledAeTitle, host, why }, 'an association was rejected')
    if (why !== 'wrong-called-ae' && why !== 'unknown-calling-ae' && why !== 'wrong-address') return
    const registered = deviceOf(callingAeTitle)?.host ?? ''
    const isUnknownHost = why === 'wrong-address' && isIP(registered) === 0 && hosts.of(registered).length === 0
    parts.onKnock({
      ...(isUnknownHost && { unknownHost: registered }),
      callingAeTitle,
      calledAeTitle,
      host,
      at: clock(),
      reason: why,
      implementation: request.implementationVersionName,
      proposes: request.contexts.map((context) => context.abstractSyntax),
    })
  }

  const frontDoor = createFrontDoor({ limits, log, welcome })
  const { host, port } = parts.config
  const doors = createDoors({ frontDoor, host, port, tls: () => parts.tls?.(), log, clock })

  return {
    async start() {
      try {
        return await doors.start()
      } catch (error) {
        throw receiverStartError(error as NodeJS.ErrnoException)
      }
    },
    stop: doors.stop,
    followTls: doors.follow,
    status: () => ({
      listening: doors.open().plain,
      listeningTls: doors.open().tls,
      problems: doors.problems(),
      sockets: frontDoor.guests(),
      associations: [...associations.values()].map(({ toldAt: _, ...open }) => open),
      received,
      refused,
    }),
  }
}

type OpenAssociation = {
  readonly callingAeTitle: string
  readonly host: string
  readonly since: number
  received: number
  studyInstanceUid: string | undefined
  /** When watchers were told last how many came. */
  toldAt: number
}
