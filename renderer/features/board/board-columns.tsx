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
import { lampsWidth } from './lamps-width.ts'
import { PatientName } from './patient-name.tsx'
import { RowButtons, type RowDoings } from './row-buttons.tsx'

/** `withDay`: the rows are of other days than today, so their times need the day. `destinations`: the words of their lamps. */
type Looks = {
  readonly language: Language
  readonly withDay: boolean
  readonly destinations: readonly string[]
  /** Size of the letters in pixels: what a person finds easy to read. */
  readonly fontSize: number
}
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
  { language, withDay, destinations }: Looks,
  doings: RowDoings,
): Readonly<Record<ColumnKey, Column>> {
  // English words are longer, and most of what stands in a cell is not longer with them.
  const inEnglish = language === 'en'
  const of = (chinese: number, english: number) => (inEnglish ? english : chinese)
  const times = withDay ? 106 : of(72, 77)
  const lamps = lampsWidth([...Object.values(board.lampOf), ...destinations])
  return {
    state: { width: of(82, 98), show: (row) => <ExamStateTag state={row.state} /> },
    name: { width: of(158, 164), show: (row) => <PatientName row={row} onOpen={doings.open} /> },
    sex: {
      width: of(44, 42),
      show: ({ patient: { sex } }) => <span title={words.sex[sex]}>{words.sexShort[sex]}</span>,
    },
    age: { width: of(70, 76), show: (row) => mono(ageWords(row.patient.birthDate, row.exam.scheduledAt, language)) },
    accession: { width: 112, show: (row) => mono(row.exam.accessionNumber) },
    modality: { width: of(44, 50), show: (row) => row.exam.modality },
    item: {
      width: of(104, 74),
      show: (row) => itemWords(row.exam),
    },
    images: {
      width: of(46, 50),
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
    deadline: {
      width: of(88, 86),
      show: (row) => (row.deadlineAt === null ? null : <DeadlineClock at={row.deadlineAt} />),
    },
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
  const wider = looks.fontSize / usualFontSize
  const all: readonly BoardColumn[] = [
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
      width: 108,
      cut: false,
      fixed: true,
      show: (row) => <RowButtons row={row} doings={doings} />,
    },
  ]
  return wider === 1 ? all : all.map((column) => ({ ...column, width: Math.ceil(column.width * wider) }))
}

/** The widths are for letters of so many pixels. */
const usualFontSize = 14

/** The item first: what is cut on a narrow screen is the part, and mostly the item names it too. */
function itemWords({ itemName, bodyPart }: ExamRow['exam']): string {
  return bodyPart && !itemName.includes(bodyPart) ? `${itemName} · ${bodyPart}` : itemName
}

/** The words of a cell that holds nothing but words: told in its title, where the cell may have cut them. */
export function wordsOf(content: ReactNode): string | undefined {
  const inner = isValidElement<{ children?: unknown }>(content) ? content.props.children : content
  if (typeof inner === 'string') return inner || undefined
  return typeof content === 'number' ? String(content) : undefined
}
