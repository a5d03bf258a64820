import type { ExamRow, ExamState } from '../../shared/models/exam.ts'

type CloudLamp = ExamRow['lamps'][number]
export type LampLight = CloudLamp['lamp']

/** One lamp of an exam: how far registration, images, report, or a destination is. */
export type ExamLamp = {
  readonly key: string
  readonly of: 'registration' | 'images' | 'report' | 'destination'
  /** Of a destination: 'aimis', 'jilin', 'pacs'; else the same as `of`. */
  readonly kind: string
  readonly light: LampLight
  /** Where it is a destination's. */
  readonly cloud?: CloudLamp
}

const imagesLight: Readonly<Partial<Record<ExamState, LampLight>>> = { registered: 'waiting', 'in-progress': 'sending' }

const reportLight: Readonly<Record<ExamState, LampLight>> = {
  registered: 'none',
  'in-progress': 'none',
  imaged: 'waiting',
  written: 'sending',
  'awaiting-audit': 'sending',
  returned: 'blocked',
  approved: 'sending',
  released: 'delivered',
  amending: 'sending',
  cancelled: 'none',
}

/** 登记 · 影像 · 报告 · one for each destination, in the order of the work. */
export function lampsOf(row: Pick<ExamRow, 'state' | 'imageCount' | 'lamps'>): readonly ExamLamp[] {
  const own = (of: 'registration' | 'images' | 'report', light: LampLight): ExamLamp => ({
    key: of,
    of,
    kind: of,
    light,
  })
  const isCancelled = row.state === 'cancelled'
  return [
    own('registration', isCancelled ? 'none' : 'delivered'),
    own('images', row.imageCount > 0 ? 'delivered' : (imagesLight[row.state] ?? 'none')),
    own('report', reportLight[row.state]),
    ...row.lamps.map(
      (cloud): ExamLamp => ({
        key: cloud.destinationId,
        of: 'destination',
        kind: cloud.kind,
        light: cloud.lamp,
        cloud,
      }),
    ),
  ]
}

/** Where a red lamp is put right. `retry`: the task may simply be tried again once the cause is gone. */
export type LampFix = { readonly place: 'preflight' | 'report' | 'settings' | 'deliveries'; readonly retry: boolean }

/** Codes whose cause is how the station or the destination is set up, not what the exam says. */
const setUp = /^(DICOM-(?!NOT)|PACS-|CLOUD-NO-TLS|CLOUD-REDIRECT|CLOUD-HTML|PORT|DATA-)|TOKEN|SIGN|APPID|NO-INSTITUTION/
const written = /^(REPORT-|DOCTOR-|PDF-)/

export function fixOfLamp(lamp: ExamLamp): LampFix {
  if (lamp.of === 'report') return { place: 'report', retry: false }
  const code = lamp.cloud?.code ?? ''
  const retry = lamp.cloud?.taskId !== undefined
  if (setUp.test(code)) return { place: 'settings', retry }
  if (written.test(code)) return { place: 'report', retry }
  return { place: code === '' ? 'deliveries' : 'preflight', retry }
}
