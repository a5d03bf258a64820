import { execFile } from 'node:child_process'
import { createArchiveQuery } from '../../electron/station/archive/query-archive.ts'
import { createReceiver, type Knock, type ReceiverParts } from '../../electron/station/receiver/receiver.ts'
import type { ReceiverLimits } from '../../electron/station/receiver/receiver-limits.ts'
import type { Device } from '../../shared/models/settings.ts'
import type { WorklistItem } from '../../shared/models/worklist-item.ts'
import { openArchive, type TestArchive } from '../archive/archive-for-tests.ts'

export type TestReceiver = Awaited<ReturnType<typeof openReceiver>>

export const device = (aeTitle: string, characterSet: Device['characterSet'] = 'gb18030'): Device => ({
  id: aeTitle,
  name: aeTitle,
  aeTitle,
  host: '',
  modality: '',
  characterSet,
  readAs: 'declared',
})

/** A receiver on a free port of 127.0.0.1 before a real archive. */
export async function openReceiver(
  given: {
    readonly limits?: Partial<ReceiverLimits>
    readonly devices?: readonly Device[]
    readonly items?: readonly WorklistItem[]
    readonly acceptUnknown?: boolean
    readonly port?: number
    readonly archive?: Partial<ReceiverParts['archive']>
    readonly tls?: ReceiverParts['tls']
    readonly resolveName?: ReceiverParts['resolveName']
  } = {},
) {
  const room: TestArchive = await openArchive()
  const knocks: Knock[] = []
  const scopes: unknown[] = []
  const receiver = createReceiver({
    config: { aeTitle: 'YINGZHAN', host: '127.0.0.1', port: given.port ?? 0 },
    archive: { ...room.archive, ...given.archive },
    query: createArchiveQuery(room.db),
    audit: room.audit,
    worklist: (scope) => {
      scopes.push(scope)
      return given.items ?? []
    },
    devices: () => given.devices ?? [device('CT1')],
    acceptUnknown: () => given.acceptUnknown ?? false,
    onKnock: (knock) => knocks.push(knock),
    log: room.log,
    clock: room.clock,
    events: room.events,
    ...(given.limits && { limits: given.limits }),
    ...(given.tls && { tls: given.tls }),
    ...(given.resolveName && { resolveName: given.resolveName }),
  })
  const { host, port } = await receiver.start()
  return {
    ...room,
    receiver,
    knocks,
    scopes,
    station: { aeTitle: 'YINGZHAN', host, port },
    async close(): Promise<void> {
      await receiver.stop()
      room.close()
    },
  }
}

/** A program by other hands, to its end. The station runs in this process: nothing here may block. */
export function run(
  program: string,
  ...args: readonly string[]
): Promise<{ code: number; output: string; bytes: Buffer }> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { encoding: 'buffer', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const bytes = Buffer.concat([stdout, stderr])
        const code = error ? Number((error as { code?: unknown }).code ?? 1) : 0
        resolve({ code, output: bytes.toString('latin1'), bytes })
      },
    )
  })
}

/** Waits until something holds; fails after `within` milliseconds. */
export async function until(holds: () => boolean, within = 5000): Promise<void> {
  const end = performance.now() + within
  while (!holds()) {
    if (performance.now() > end) throw new Error('it did not come to hold in time')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export function worklistItem(
  patient: Partial<WorklistItem['patient']> = {},
  exam: Partial<WorklistItem['exam']> = {},
): WorklistItem {
  return {
    institutionName: '晨光门诊部',
    isStarted: false,
    patient: {
      id: 'p1',
      patientId: 'P26000001',
      name: '张三',
      namePinyin: 'ZHANG SAN',
      sex: 'M',
      birthDate: '1988-03-05',
      ...patient,
    },
    exam: {
      id: 'e1',
      institutionId: 'i1',
      patientRowId: 'p1',
      accessionNumber: 'DR2611210001',
      studyInstanceUid: '2.25.4711',
      registeredAt: 0,
      registeredBy: 'registrar',
      scheduledAt: Date.parse('2026-11-21T23:30:00+08:00'),
      modality: 'DR',
      bodyPart: '胸部',
      itemCode: 'DR001',
      itemName: '胸部正位',
      category: 'outpatient',
      applyDoctor: { code: '7', name: '李四' },
      weightKilograms: 62.5,
      inpatientNumber: 'ZY77',
      ...exam,
    },
  }
}
