import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { ImageSeries } from './image-stack.ts'
import { beginHistory, changeMarks, marksOfExam } from './marks-history.ts'
import { examOfKey, keepMarks, readMarks } from './marks-storage.ts'

/** What is drawn on the pictures of all exams that are open here: undone and redone together, kept by exam in this browser. */
export function useMarks(allSeries: readonly ImageSeries[]) {
  const [history, change] = useReducer(changeMarks, undefined, () => beginHistory())
  const joined = useRef(new Set<string>())
  /** What came from another window is kept already. */
  const isFollowing = useRef(false)
  const examIds = [...new Set(allSeries.map(({ examId }) => examId))].sort().join('\n')

  useEffect(() => {
    for (const examId of examIds.split('\n').filter(Boolean)) {
      if (joined.current.has(examId)) continue
      joined.current.add(examId)
      change({ kind: 'join', kept: readMarks(localStorage, examId) })
    }
  }, [examIds])

  // The same exam in another window of this browser: what is drawn there is seen here, and not written over.
  useEffect(() => {
    const onStorage = ({ key }: StorageEvent) => {
      const examId = examOfKey(key)
      if (!examId || !joined.current.has(examId)) return
      const images = allSeries.filter((series) => series.examId === examId).flatMap((series) => series.images)
      const instanceIds = new Set(images.map(({ instanceId }) => instanceId))
      isFollowing.current = true
      change({ kind: 'follow', instanceIds, kept: readMarks(localStorage, examId) })
    }
    addEventListener('storage', onStorage)
    return () => removeEventListener('storage', onStorage)
  }, [allSeries])

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
    const isKept = isFollowing.current
    isFollowing.current = false
    if (isKept) return
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
