import type { DayPage } from '../../../shared/models/board.ts'
import { readChinaTime } from '../../../shared/text/china-time.ts'
import type { ApiRooms } from './api-rooms.ts'

const dayMilliseconds = 24 * 3600_000
const mostListed = 200

/** The day's exams ('YYYY-MM-DD' in China) whose critical finding nobody is noted as told of: what must not wait for tomorrow. */
export function untoldCritical({ exams, reports }: ApiRooms, day: string): NonNullable<DayPage['untold']> {
  const from = readChinaTime(day) ?? 0
  const ids = reports.notices.untold(from, from + dayMilliseconds)
  const rows = ids.slice(0, mostListed).flatMap((examId) => {
    const found = exams.read(examId)
    if (!found) return []
    const { exam, patient } = found
    const { accessionNumber, itemName, registeredAt } = exam
    return {
      examId,
      accessionNumber,
      itemName,
      registeredAt,
      patientName: patient.name,
      why: '危急值还没有通知记录',
      whyInEnglish: 'Nobody is noted as told of the critical finding',
    }
  })
  return { total: ids.length, rows }
}
