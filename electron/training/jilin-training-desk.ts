import { type JilinCall, jilinAnswers } from '../../shared/clouds/jilin/answers.ts'
import { texts } from './aimis-training-desk.ts'
import { codeFault, commonFaults, type FaultChoice } from './fault-choices.ts'
import type { JilinLedger } from './simulated-jilin-ledger.ts'
import type { TokenDesk } from './simulated-token-desk.ts'
import { clockSwitches, type TrainingClock } from './training-clock.ts'
import type { TrainingDesk } from './training-page.ts'

/** The training page of the simulated provincial cloud: exams, projects, records, refusals, and the token's states. */
export function jilinTrainingDesk(ledger: JilinLedger, desk: TokenDesk, clock: TrainingClock): TrainingDesk {
  return {
    title: '省影像云（模拟）',
    calls: Object.keys(jilinAnswers) as JilinCall[],
    faults: [...commonFaults, ...documentedRefusals()],
    switches: [
      { id: 'revoke', label: '作废全部令牌', flip: desk.revokeAll },
      { id: 'use-up', label: '今日 30 次授权已用完', flip: desk.useUp },
      { id: 'lock', label: '账号锁定 10 分钟', flip: desk.lock },
      ...clockSwitches(clock),
    ],
    tables: () => [
      {
        title: '检查索引',
        head: ['机构', '检查号', '姓名', '项目', '病例唯一ID', '收到次数', '图像', 'PDF'],
        rows: Object.values(ledger.exams).map((exam) => [
          ...texts(exam.body, 'hospitalCode', 'accessNumber', 'patientName', 'examProjectName'),
          exam.examId,
          String(exam.received),
          String(Object.keys(exam.images).length),
          exam.pdf ? `${exam.pdf.bytes} 字节` : '',
        ]),
      },
      {
        title: '检查项目',
        head: ['项目编码', '项目名称', '类型', '标准项目'],
        rows: Object.values(ledger.projects).map(({ body }) => [
          ...texts(body, 'projectItemCode', 'projectItemName', 'type'),
          String(Array.isArray(body.standardProjectList) ? body.standardProjectList.length : 0),
        ]),
      },
      {
        title: '调阅与提醒',
        head: ['病例唯一ID', '医师', '类型', '查询类型', '时间'],
        rows: ledger.reminders.map((body) =>
          texts(body, 'examId', 'queryDocName', 'retrivaType', 'searchType', 'retrivalTime'),
        ),
      },
      {
        title: '互认与引用',
        head: ['病例唯一ID', '医师编码', '互认', '引用', '原因', '时间'],
        rows: ledger.recognitions.map((body) =>
          texts(body, 'examId', 'queryDocCode', 'recognFlag', 'quoteFlag', 'reason', 'retrivalTime'),
        ),
      },
      { title: '授权', head: ['时间'], rows: desk.grants().map((at) => [new Date(at).toISOString()]) },
      {
        title: '拒绝',
        head: ['接口', '状态码', '说明'],
        rows: ledger.refusals.map(({ call, code, message }) => [call, String(code), message]),
      },
    ],
  }
}

/** Every code of every call but success, each once. */
function documentedRefusals(): readonly FaultChoice[] {
  const rows = Object.values(jilinAnswers)
    .flat()
    .filter(({ code }) => code !== 200)
    .map(({ code, text }) => codeFault(code, text))
  return [...new Map(rows.map((choice) => [choice.id, choice])).values()]
}
