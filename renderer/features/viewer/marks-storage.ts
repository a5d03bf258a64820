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

/** Of which exam another window kept marks, by the key of its storage event. */
export function examOfKey(key: string | null): string | undefined {
  return key?.startsWith(prefix) ? key.slice(prefix.length) : undefined
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
