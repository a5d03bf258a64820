import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { ImageSeries } from './image-stack.ts'
import { beginHistory, changeMarks } from './marks-history.ts'
import { keepMarks, marksOfExam, readMarks } from './marks-storage.ts'

/** What is drawn on the pictures of all exams that are open here: undone and redone together, kept by exam in this browser. */
export function useMarks(allSeries: readonly ImageSeries[]) {
  const [history, change] = useReducer(changeMarks, undefined, () => beginHistory())
  const joined = useRef(new Set<string>())
  const examIds = [...new Set(allSeries.map(({ examId }) => examId))].sort().join('\n')

  useEffect(() => {
    for (const examId of examIds.split('\n').filter(Boolean)) {
      if (joined.current.has(examId)) continue
      joined.current.add(examId)
      change({ kind: 'join', kept: readMarks(localStorage, examId) })
    }
  }, [examIds])

  const { present } = history
  const examOf = useCallback(
    (instanceId: string) =>
      allSeries.find(({ images }) => images.some((image) => image.instanceId === instanceId))?.examId,
    [allSeries],
  )
  const before = useRef(present)
  useEffect(() => {
    if (before.current === present) return
    before.current = present
    for (const examId of joined.current)
      keepMarks(
        localStorage,
        examId,
        marksOfExam(present, (instanceId) => examOf(instanceId) === examId),
      )
  }, [present, examOf])

  return {
    document: present,
    change,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  }
}

export type Marks = ReturnType<typeof useMarks>
