import type { Device } from '../../../shared/models/settings.ts'
import type { WorklistItem } from '../../../shared/models/worklist-item.ts'
import type { Archive } from '../archive/archive.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { ReceiverLimits } from './receiver-limits.ts'

/** Somebody who is not known here tried to associate. */
export type Knock = {
  readonly callingAeTitle: string
  readonly calledAeTitle: string
  readonly host: string
  readonly at: number
  readonly reason: 'unknown-calling-ae' | 'wrong-called-ae'
}

/** What a worklist query asks of the exams room; the exact matching of keys is done here (PS3.4 K.2.2). */
export type WorklistScope = {
  /** First and last day of the ScheduledProcedureStepStartDate asked for, in China time, 'YYYY-MM-DD'. */
  readonly fromDay: string | undefined
  readonly toDay: string | undefined
}

export type ReceiverParts = {
  readonly config: { readonly aeTitle: string; readonly host: string; readonly port: number }
  readonly archive: Archive
  /** The exams that wait for images. May return more than the scope; never less. */
  readonly worklist: (scope: WorklistScope) => readonly WorklistItem[]
  readonly devices: () => readonly Device[]
  /** Training mode: any AE title may connect and be called. */
  readonly acceptUnknown: () => boolean
  readonly onKnock: (knock: Knock) => void
  readonly log: Log
  readonly clock: Clock
  readonly events: Events
  readonly limits?: Partial<ReceiverLimits>
}

export type ReceiverStatus = {
  readonly listening: { readonly host: string; readonly port: number } | undefined
  readonly sockets: number
  readonly associations: readonly {
    readonly callingAeTitle: string
    readonly host: string
    readonly since: number
    readonly received: number
  }[]
  /** Since the start. */
  readonly received: number
  readonly refused: number
}

export type Receiver = {
  /** Throws ReceiverStartError when the port cannot be had. */
  start(): Promise<{ readonly host: string; readonly port: number }>
  stop(): Promise<void>
  status(): ReceiverStatus
}

export type ReceiverStartCode = 'port-in-use' | 'port-not-allowed' | 'address-not-here' | 'cannot-listen'

/** Why the DICOM port could not be opened; the caller turns the code into words. */
export class ReceiverStartError extends Error {
  readonly code: ReceiverStartCode
  constructor(code: ReceiverStartCode, message: string) {
    super(message)
    this.name = 'ReceiverStartError'
    this.code = code
  }
}

export function createReceiver(_parts: ReceiverParts): Receiver {
  throw new Error('being built')
}
