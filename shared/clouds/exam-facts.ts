import type { ExamDossier } from '../models/exam-dossier.ts'
import { chinaDay } from '../text/china-time.ts'

/** The day of the exam, 'yyyy-MM-dd': the device's study date, before that the scheduled day in China. */
export function examDay(dossier: ExamDossier): string {
  return dossier.studyDateTime === '' ? chinaDay(dossier.exam.scheduledAt) : dossier.studyDateTime.slice(0, 10)
}

/**
 * The StudyInstanceUID (0020,000D) under which clouds get an exam: always the one that was handed out at registration. It is this
 * exam's alone, so two exams never share one, not even after a study was moved; and it stays the same when a second study is
 * attached or the first is taken out. Images that came under another one (a device that makes its own) carry it in the copy that
 * is sent, and OriginalAttributesSequence keeps theirs. References inside to other objects stay as they are, as do SOP and series
 * instance UIDs. A PACS gets the StudyInstanceUID that the device made: it files by it together with what it has.
 */
export const studyUidOf = (dossier: ExamDossier): string => dossier.exam.studyInstanceUid

/** Text as a field value: undefined where there is none, so that it is left out and never sent as null or ''. */
export function textOrAbsent(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}

/** The same object without the members that are undefined. */
export function withoutAbsent<T extends object>(body: T): T {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as T
}
