import { z } from 'zod'
import { markSchema } from './marks.ts'
import { type MarksDocument, noMarks } from './marks-history.ts'

const prefix = 'viewer-marks/'
const orderKey = 'viewer-marks-order'
const mostExams = 200

const documentSchema = z.object({
  marks: z.record(z.string(), z.array(markSchema)),
  calibrations: z.record(z.string(), z.number().positive()),
})

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What was drawn on an exam's pictures in this browser; what can't be read counts as nothing. */
export function readMarks(storage: Storage, examId: string): MarksDocument {
  try {
    const parsed = documentSchema.safeParse(JSON.parse(storage.getItem(prefix + examId) ?? ''))
    return parsed.success ? parsed.data : noMarks
  } catch {
    return noMarks
  }
}

function orderOf(storage: Storage): readonly string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(storage.getItem(orderKey) ?? '[]'))
  } catch {
    return []
  }
}

/** Keeps the newest two hundred exams. A browser that has no room keeps what it has; the marks stay on the screen all the same. */
export function keepMarks(storage: Storage, examId: string, document: MarksDocument): void {
  const marks = Object.fromEntries(Object.entries(document.marks).filter(([, list]) => list.length > 0))
  const isEmpty = Object.keys(marks).length + Object.keys(document.calibrations).length === 0
  const others = orderOf(storage).filter((one) => one !== examId)
  try {
    for (const old of others.slice(mostExams - 1)) storage.removeItem(prefix + old)
    if (isEmpty) storage.removeItem(prefix + examId)
    else storage.setItem(prefix + examId, JSON.stringify({ ...document, marks }))
    const order = isEmpty ? others : [examId, ...others]
    storage.setItem(orderKey, JSON.stringify(order.slice(0, mostExams)))
  } catch {
    return
  }
}

/** The part of a page's marks that belongs to one exam. */
export function marksOfExam(document: MarksDocument, isOfExam: (instanceId: string) => boolean): MarksDocument {
  const only = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).filter(([key]) => isOfExam(key.split('/')[0] ?? '')))
  return { marks: only(document.marks), calibrations: only(document.calibrations) }
}
