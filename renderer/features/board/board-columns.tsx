import { isValidElement, type ReactNode } from 'react'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { ExamStateTag } from '../../clinic/exam-state-tag.tsx'
import { ExamLamps } from '../../clinic/lamps.tsx'
import { Moment } from '../../clinic/moment.tsx'
import { ageWords } from '../../clinic/person-facts.tsx'
import type { Language } from '../../text/both.ts'
import type { Dictionary } from '../../text/dictionary.ts'
import type { ColumnKey } from './column-choice.ts'
import { DeadlineClock } from './deadline-clock.tsx'
import { PatientName } from './patient-name.tsx'
import { RowButtons, type RowDoings } from './row-buttons.tsx'

/** `withDay`: the rows are of other days than today, so their times need the day. */
type Looks = { readonly language: Language; readonly withDay: boolean }
type Column = { readonly width: number; readonly number?: true; readonly show: (row: ExamRow) => ReactNode }

export type BoardColumn = Column & {
  readonly key: string
  readonly title: string
  /** Stays in sight at the right edge on a narrow screen. */
  readonly fixed: boolean
  /** Long words are cut and told whole in the title. */
  readonly cut: boolean
}

const mono = (content: ReactNode) => <span className="mono">{content}</span>
const moment = (at: number | null) => (at === null ? null : <Moment at={at} />)

function columnsIn(
  { words, board }: Dictionary,
  { language, withDay }: Looks,
  doings: RowDoings,
): Readonly<Record<ColumnKey, Column>> {
  const times = withDay ? 106 : 74
  /** English words are longer. */
  const lamps = language === 'en' ? 372 : 292
  return {
    state: { width: 82, show: (row) => <ExamStateTag state={row.state} /> },
    name: { width: 124, show: (row) => <PatientName row={row} onOpen={doings.open} /> },
    sex: {
      width: 46,
      show: ({ patient: { sex } }) => <span title={words.sex[sex]}>{words.sexShort[sex]}</span>,
    },
    age: { width: 56, show: (row) => mono(ageWords(row.patient.birthDate, row.exam.scheduledAt, language)) },
    accession: { width: 122, show: (row) => mono(row.exam.accessionNumber) },
    modality: { width: 50, show: (row) => row.exam.modality },
    item: {
      width: 118,
      show: (row) =>
        [row.exam.bodyPart, row.exam.itemName].filter((part, i, all) => part && all.indexOf(part) === i).join(' · '),
    },
    images: {
      width: 50,
      number: true,
      show: (row) => <span className={row.imageCount ? 'mono' : 'mono faint'}>{row.imageCount}</span>,
    },
    registered: { width: times, show: (row) => <Moment at={row.exam.registeredAt} /> },
    examined: { width: times, show: (row) => moment(row.examinedAt) },
    reportDoctor: { width: 76, show: (row) => row.report?.reportDoctor },
    auditDoctor: { width: 76, show: (row) => row.report?.auditDoctor },
    prints: {
      width: 50,
      number: true,
      show: ({ prints: { card, report } }) => (
        <span className={card + report ? 'mono' : 'mono faint'} title={board.printsTitle(card, report)}>
          {card + report}
        </span>
      ),
    },
    deadline: { width: 92, show: (row) => (row.deadlineAt === null ? null : <DeadlineClock at={row.deadlineAt} />) },
    lamps: { width: lamps, show: (row) => <ExamLamps row={row} /> },
    patientId: { width: 110, show: (row) => mono(row.patient.patientId) },
    pinyin: { width: 130, show: (row) => row.patient.namePinyin },
    phone: { width: 120, show: (row) => mono(row.patient.phone) },
    category: { width: 76, show: (row) => words.category[row.exam.category] },
    applyDepartment: { width: 96, show: (row) => row.exam.applyDepartment?.name },
    applyDoctor: { width: 84, show: (row) => row.exam.applyDoctor?.name },
    examDoctor: { width: 84, show: (row) => row.exam.examDoctor?.name },
    positive: { width: 68, show: (row) => (row.report ? words.positive[row.report.positive] : null) },
    released: { width: 98, show: (row) => moment(row.report?.releasedAt ?? null) },
  }
}

/** What a row does is told by keys and its menu too, so the buttons are not stops of the Tab key. */
export function boardColumns(
  text: Dictionary,
  looks: Looks,
  chosen: readonly ColumnKey[],
  doings: RowDoings,
): readonly BoardColumn[] {
  const columns = columnsIn(text, looks, doings)
  return [
    ...chosen.map((key, place) => ({
      key,
      title: text.board.column[key],
      ...columns[key],
      cut: key !== 'lamps',
      // The lamps stay in sight on a narrow screen, where they stand last as they do out of the box.
      fixed: key === 'lamps' && place === chosen.length - 1,
    })),
    {
      key: 'actions',
      title: text.board.actions,
      width: 112,
      cut: false,
      fixed: true,
      show: (row) => <RowButtons row={row} doings={doings} />,
    },
  ]
}

/** The words of a cell that holds nothing but words: told in its title, where the cell may have cut them. */
export function wordsOf(content: ReactNode): string | undefined {
  const inner = isValidElement<{ children?: unknown }>(content) ? content.props.children : content
  if (typeof inner === 'string') return inner || undefined
  return typeof content === 'number' ? String(content) : undefined
}
