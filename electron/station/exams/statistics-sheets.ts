import { boardFlagBits, type Statistics, type Tally } from '../../../shared/models/board.ts'
import type { ExamState } from '../../../shared/models/exam.ts'
import { readChinaTime } from '../../../shared/text/china-time.ts'
import type { Sheet, SheetCell, SheetColumn } from '../documents/write-xlsx.ts'
import type { ListedExam } from './statistics-sql.ts'

const stateWords: Readonly<Record<ExamState, string>> = {
  registered: '已登记',
  'in-progress': '检查中',
  imaged: '已检查',
  written: '书写中',
  'awaiting-audit': '待审核',
  returned: '已退回',
  approved: '审核通过',
  released: '已发布',
  amending: '修订中',
  cancelled: '已取消',
}
const sexWords: Readonly<Record<string, string>> = { M: '男', F: '女', O: '其他' }
const categoryWords: Readonly<Record<string, string>> = {
  outpatient: '门诊',
  inpatient: '住院',
  checkup: '体检',
  emergency: '急诊',
  other: '其他',
}
const resultWords: Readonly<Record<string, string>> = { positive: '阳性', negative: '阴性', undetermined: '未定' }

const text = (title: string, width = 14): SheetColumn => ({ title, kind: 'text', width })
const number = (title: string, width = 9): SheetColumn => ({ title, kind: 'number', width })
const time = (title: string): SheetColumn => ({ title, kind: 'time', width: 17 })

const tallyColumns: readonly SheetColumn[] = [
  number('检查数'),
  number('影像数'),
  number('已发布'),
  number('阳性'),
  number('阴性'),
  { title: '阳性率', kind: 'share', width: 9 },
  number('危急值'),
]

const tallyCells = (tally: Tally): SheetCell[] => [
  tally.exams,
  tally.images,
  tally.released,
  tally.positive,
  tally.negative,
  tally.positive + tally.negative > 0 ? tally.positive / (tally.positive + tally.negative) : null,
  tally.critical,
]

function tallySheet(name: string, head: SheetColumn, tallies: readonly Tally[], total: Tally, first = nameOf): Sheet {
  const rows = tallies.map((tally) => [first(tally), ...tallyCells(tally)])
  return { name, columns: [head, ...tallyColumns], rows: [[...rows, ['合计', ...tallyCells(total)]]] }
}
const nameOf = (tally: Tally): SheetCell => tally.name

/** The sheets of the statistics: what there is in all, by day, doctor, auditor, item and device type, and the list of the exams. */
export function statisticsSheets(statistics: Statistics, list: AsyncIterable<readonly ListedExam[]>): readonly Sheet[] {
  const { total, minutesToRelease, late } = statistics
  const share = tallyCells(total)[5] ?? null
  return [
    {
      name: '汇总',
      columns: [text('项目', 34), { title: '数值', kind: 'any', width: 26 }],
      rows: [
        [
          ['登记日期', `${statistics.from} 至 ${statistics.to}`],
          ['检查数（不含已取消）', total.exams],
          ['影像数', total.images],
          ['已发布', total.released],
          ['阳性', total.positive],
          ['阴性', total.negative],
          ['阳性率', typeof share === 'number' ? `${(share * 100).toFixed(1)}%` : ''],
          ['危急值', total.critical],
          ['登记到发布（中位数，分钟）', minutesToRelease?.median ?? null],
          ['登记到发布（90% 在此以内，分钟）', minutesToRelease?.p90 ?? null],
          ['省平台超时上传', late],
        ],
      ],
    },
    {
      name: '按日',
      columns: [{ title: '日期', kind: 'day', width: 12 }, ...tallyColumns],
      rows: [statistics.byDay.map((tally) => [readChinaTime(tally.key) ?? null, ...tallyCells(tally)])],
    },
    tallySheet('按报告医生', text('报告医生'), statistics.byDoctor, sumOf(statistics.byDoctor)),
    tallySheet('按审核医生', text('审核医生'), statistics.byAuditor, sumOf(statistics.byAuditor)),
    tallySheet('按项目', text('检查项目', 24), statistics.byItem, total),
    tallySheet('按设备类型', text('设备类型'), statistics.byModality, total),
    { name: '检查明细', columns: listColumns, rows: listRows(list) },
  ]
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((all, tally) => all + of(tally), 0)
  return {
    key: '',
    name: '',
    exams: sum((one) => one.exams),
    images: sum((one) => one.images),
    released: sum((one) => one.released),
    positive: sum((one) => one.positive),
    negative: sum((one) => one.negative),
    critical: sum((one) => one.critical),
  }
}

const listColumns: readonly SheetColumn[] = [
  text('检查号', 17),
  text('患者编号', 13),
  text('姓名', 10),
  text('性别', 6),
  { title: '出生日期', kind: 'day', width: 12 },
  text('设备类型', 9),
  text('检查项目', 22),
  text('部位', 12),
  text('类别', 8),
  text('申请医生', 10),
  time('登记时间'),
  time('检查时间'),
  time('发布时间'),
  text('状态', 10),
  number('影像数', 8),
  text('结果', 8),
  text('危急值', 8),
  text('报告医生', 10),
  text('审核医生', 10),
]

async function* listRows(list: AsyncIterable<readonly ListedExam[]>) {
  for await (const portion of list)
    yield portion.map((exam): SheetCell[] => [
      exam.accessionNumber,
      exam.patientId,
      exam.patientName,
      sexWords[exam.sex] ?? exam.sex,
      readChinaTime(exam.birthDate) ?? null,
      exam.modality,
      exam.itemName,
      exam.bodyPart,
      categoryWords[exam.category] ?? exam.category,
      exam.applyDoctor,
      exam.registeredAt,
      exam.examinedAt,
      exam.firstReleasedAt,
      stateWords[exam.state],
      exam.imageCount,
      exam.positive === null ? '' : (resultWords[exam.positive] ?? ''),
      exam.flags & boardFlagBits.critical ? '是' : '',
      exam.reportDoctor,
      exam.auditDoctor,
    ])
}
