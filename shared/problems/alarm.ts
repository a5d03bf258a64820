import type { AlarmView } from '../models/alarm.ts'
import type { alarmProblems } from './alarm-entries.ts'
import { describeProblem, type Problem } from './problem.ts'

/** A problem that stands until it is put right; its words are in alarm-entries.ts in both languages. */
export type AlarmProblem = Problem & { readonly code: keyof typeof alarmProblems }

/** With the exam or the study that it is about, where it is about one. */
export type Alarm = AlarmProblem & { readonly examId?: string | null; readonly studyInstanceUid?: string | null }

export function describeAlarm(alarm: Alarm): AlarmView {
  const { status: _, ...words } = describeProblem(alarm)
  return { ...words, examId: alarm.examId ?? null, studyInstanceUid: alarm.studyInstanceUid ?? null }
}

/** As one line of Chinese, with its code. */
export const alarmLine = ({ message, action, code }: AlarmView): string => `${message}。${action}（${code}）`
