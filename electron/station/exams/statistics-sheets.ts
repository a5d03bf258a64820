import { boardFlagBits, type Statistics, type Tally } from '../../../shared/models/board.ts'
import { readChinaTime } from '../../../shared/text/china-time.ts'
import type { Sheet, SheetCell, SheetColumn } from '../documents/write-xlsx.ts'
import type { ListedExam } from './statistics-sql.ts'
import { type StatisticsWords, statisticsWords } from './statistics-words.ts'

const text = (title: string, width = 14): SheetColumn => ({ title, kind: 'text', width })
const number = (title: string, width = 9): SheetColumn => ({ title, kind: 'number', width })
const time = (title: string): SheetColumn => ({ title, kind: 'time', width: 17 })

const tallyColumnsIn = ({ tally }: StatisticsWords): readonly SheetColumn[] => [
  number(tally.exams),
  number(tally.images),
  number(tally.released),
  number(tally.positive),
  number(tally.negative),
  { title: tally.rate, kind: 'share', width: 9 },
  number(tally.critical),
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

/** The sheets of the statistics: what there is in all, by day, doctor, auditor, item and device type, and the list of the exams. */
export function statisticsSheets(
  statistics: Statistics,
  list: AsyncIterable<readonly ListedExam[]>,
  language: keyof typeof statisticsWords = 'zh-CN',
): readonly Sheet[] {
  const words = statisticsWords[language]
  const { fact, head, sheet, tally: tallyWords } = words
  const tallyColumns = tallyColumnsIn(words)
  const { byDay, byDoctor, byAuditor, byItem, byModality, total, minutesToRelease, late } = statistics
  const share = tallyCells(total)[5] ?? null
  const tallySheet = (name: string, column: SheetColumn, tallies: readonly Tally[], sum: Tally): Sheet => ({
    name,
    columns: [column, ...tallyColumns],
    rows: [
      [
        ...tallies.map((one) => [one.key === '' ? words.unsigned : one.name || words.unnamed, ...tallyCells(one)]),
        [words.total, ...tallyCells(sum)],
      ],
    ],
  })
  return [
    {
      name: sheet.summary,
      columns: [text(head.fact, 34), { title: head.value, kind: 'any', width: 26 }],
      rows: [
        [
          [fact.days, words.days(statistics.from, statistics.to)],
          [fact.exams, total.exams],
          [tallyWords.images, total.images],
          [tallyWords.released, total.released],
          [tallyWords.positive, total.positive],
          [tallyWords.negative, total.negative],
          [tallyWords.rate, typeof share === 'number' ? `${(share * 100).toFixed(1)}%` : ''],
          [tallyWords.critical, total.critical],
          [fact.median, minutesToRelease?.median ?? null],
          [fact.p90, minutesToRelease?.p90 ?? null],
          [fact.late, late],
        ],
      ],
    },
    {
      name: sheet.byDay,
      columns: [{ title: head.day, kind: 'day', width: 12 }, ...tallyColumns],
      rows: [byDay.map((one) => [readChinaTime(one.key) ?? null, ...tallyCells(one)])],
    },
    tallySheet(sheet.byDoctor, text(head.doctor), byDoctor, sumOf(byDoctor)),
    tallySheet(sheet.byAuditor, text(head.auditor), byAuditor, sumOf(byAuditor)),
    tallySheet(sheet.byItem, text(head.item, 24), byItem, total),
    tallySheet(sheet.byModality, text(head.modality), byModality, total),
    { name: sheet.list, columns: listColumnsIn(words), rows: listRows(list, words) },
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

const listColumnsIn = ({ list }: StatisticsWords): readonly SheetColumn[] => [
  text(list.accessionNumber, 17),
  text(list.patientId, 13),
  text(list.name, 10),
  text(list.sex, 6),
  { title: list.birthDate, kind: 'day', width: 12 },
  text(list.modality, 9),
  text(list.item, 22),
  text(list.bodyPart, 12),
  text(list.category, 8),
  text(list.applyDoctor, 10),
  time(list.registeredAt),
  time(list.examinedAt),
  time(list.releasedAt),
  text(list.state, 10),
  number(list.images, 8),
  text(list.result, 8),
  text(list.critical, 8),
  text(list.reportDoctor, 10),
  text(list.auditDoctor, 10),
]

async function* listRows(list: AsyncIterable<readonly ListedExam[]>, words: StatisticsWords) {
  for await (const portion of list)
    yield portion.map((exam): SheetCell[] => [
      exam.accessionNumber,
      exam.patientId,
      exam.patientName,
      words.sex[exam.sex] ?? exam.sex,
      readChinaTime(exam.birthDate) ?? null,
      exam.modality,
      exam.itemName,
      exam.bodyPart,
      words.category[exam.category] ?? exam.category,
      exam.applyDoctor,
      exam.registeredAt,
      exam.examinedAt,
      exam.firstReleasedAt,
      words.state[exam.state],
      exam.imageCount,
      exam.positive === null ? '' : (words.result[exam.positive] ?? ''),
      exam.flags & boardFlagBits.critical ? words.yes : '',
      exam.reportDoctor,
      exam.auditDoctor,
    ])
}
