import type { ExamDossier } from '../models/exam-dossier.ts'
import { chinaDay } from '../text/china-time.ts'

/** The day of the exam, 'yyyy-MM-dd': the device's study date, before that the scheduled day in China. */
export function examDay(dossier: ExamDossier): string {
  return dossier.studyDateTime === '' ? chinaDay(dossier.exam.scheduledAt) : dossier.studyDateTime.slice(0, 10)
}

/**
 * The StudyInstanceUID (0020,000D) under which the cloud gets the images: the one handed out by the worklist, unless the device
 * made its own and none of the images has ours.
 */
export function studyUidOf(dossier: ExamDossier): string {
  const ours = dossier.exam.studyInstanceUid
  const first = dossier.instances[0]
  if (!first || dossier.instances.some((i) => i.studyInstanceUid === ours)) return ours
  return first.studyInstanceUid
}

/** Text as a field value: undefined where there is none, so that it is left out and never sent as null or ''. */
export function textOrAbsent(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}

/** The same object without the members that are undefined. */
export function withoutAbsent<T extends object>(body: T): T {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as T
}
