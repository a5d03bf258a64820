import type { LookupAnswer, PriorExam } from '../../../shared/models/lookup.ts'

/** Exams that other institutions did. */
export function elsewhere(answers: readonly LookupAnswer[]): readonly PriorExam[] {
  return answers.flatMap((answer) => answer.exams.filter((exam) => !exam.isOurs))
}

export function placeOf(exam: PriorExam): string {
  return exam.hospitalName || exam.hospitalCode
}

/** 'DR 胸部 · 胸部正位'. */
export function whatOf({ modality, bodyPart, itemNames }: PriorExam): string {
  return [[modality, bodyPart].filter(Boolean).join(' '), itemNames.join('、')].filter(Boolean).join(' · ')
}

/** '2026-11-20 09:12:00' as '2026-11-20 09:12'. */
export function timeOf({ checkTime }: PriorExam): string {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(checkTime) ? checkTime.slice(0, 16) : checkTime
}

/** How another institution's words stand in our report, always in Chinese: with who said them and when. */
export function quoteOf(exam: PriorExam): { readonly findings: string; readonly impression: string } {
  const source = [placeOf(exam) || '其他机构', exam.checkTime.slice(0, 10)].filter(Boolean).join(' ')
  const line = (what: string, text: string) => (text.trim() ? `引用 ${source} ${what}：“${text.trim()}”` : '')
  return { findings: line('检查所见', exam.findings), impression: line('检查印象', exam.impression) }
}

/** Names of places, each once, without those that told none. */
export function placesOf(exams: readonly PriorExam[]): readonly string[] {
  return [...new Set(exams.map(placeOf).filter((place) => place !== ''))]
}

/** Answers without the exams that stand in others already: nobody reads the same twice. */
export function without(answers: readonly LookupAnswer[], shown: readonly LookupAnswer[]): readonly LookupAnswer[] {
  const keyOf = (exam: PriorExam) => `${exam.destinationId} ${exam.cloudExamId}`
  const known = new Set(shown.flatMap((answer) => answer.exams.map(keyOf)))
  return answers.map((answer) => ({ ...answer, exams: answer.exams.filter((exam) => !known.has(keyOf(exam))) }))
}
