import { aimisCodeTable } from '../../shared/clouds/aimis/code-table.ts'
import { aimisCalls } from '../../shared/clouds/aimis/fields.ts'
import { codeFault, commonFaults } from './fault-choices.ts'
import type { AimisLedger } from './simulated-aimis-ledger.ts'
import { clockSwitches, type TrainingClock } from './training-clock.ts'
import type { TrainingDesk } from './training-page.ts'

/** The training page of the simulated AIMIS: studies, questions, refusals. */
export function aimisTrainingDesk(ledger: AimisLedger, clock: TrainingClock): TrainingDesk {
  const codes = Object.entries(aimisCodeTable).filter(([code]) => code !== '0')
  return {
    title: '腾讯影像云（模拟）',
    calls: [...Object.keys(aimisCalls), 'patientStudies', 'patientConsultations', 'patientReportUrl'],
    faults: [...commonFaults, ...codes.map(([code, [zh]]) => codeFault(Number(code), zh))],
    switches: clockSwitches(clock),
    tables: () => [
      {
        title: '检查',
        head: ['检查号', '姓名', '检查', '状态', '报告', '上报图片', '收到次数', '对账', '已删除'],
        rows: Object.values(ledger.studies).map((study) => [
          ...texts(study.body, 'studyId', 'patientName', 'studyDesc', 'status'),
          String(Object.keys(study.reports).length),
          ...texts(study.body, 'imageCnt'),
          String(study.received),
          study.reconciled.agreed === undefined ? '未对账' : study.reconciled.agreed ? '一致' : '不一致',
          study.deleted ? '是' : '',
        ]),
      },
      {
        title: '查询',
        head: ['接口', '姓名', '开始', '结束'],
        rows: ledger.questions.map(({ call, body }) => [
          call,
          ...texts(body, 'patientName', 'studyDateBegin', 'studyDateEnd'),
        ]),
      },
      {
        title: '拒绝',
        head: ['接口', '状态码', '说明'],
        rows: ledger.refusals.map(({ call, code, message }) => [call, String(code), message]),
      },
    ],
  }
}

/** Values of a body as texts; '' where there is none. */
export function texts(body: Readonly<Record<string, unknown>>, ...names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const value = body[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  })
}
