import { useCallback, useEffect, useRef, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { WriteLock } from '../../../shared/models/writing.ts'
import { callStation } from '../../api/call-station.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationQuery } from '../../api/use-station-query.ts'

/** The station forgets a lock after 60 seconds: two renewals may get lost. */
const renewMilliseconds = 20_000
/** How soon a window without the station's events learns who writes. */
const lookMilliseconds = 15_000

export type Holder = NonNullable<WriteLock['holder']>

/**
 * Who writes this report. The lock is taken at the first change, renewed while writing, given back on leaving. `onLost` is told once when
 * somebody took it over.
 */
export function useWriteLock(examId: string, isWritable: boolean, onLost: (holder: Holder | null) => void) {
  const notice = useFailureNotice()
  const params = { id: examId }
  const seen = useStationQuery(routes.reportLockRead, {
    params,
    enabled: isWritable,
    refetchInterval: lookMilliseconds,
  })
  const [isMine, setIsMine] = useState(false)
  const mine = useRef(false)
  /** Taken by this person in this exam before the page was loaded again: it is given back too. */
  const heldBefore = useRef(false)
  useEffect(() => {
    heldBefore.current = seen.data?.isMine ?? false
  }, [seen.data])
  const lost = useRef(onLost)
  useEffect(() => {
    lost.current = onLost
  })
  const own = useCallback((value: boolean) => {
    mine.current = value
    setIsMine(value)
  }, [])
  const refetch = seen.refetch
  const loose = useCallback(
    (holder: Holder | null) => {
      if (!mine.current) return
      own(false)
      lost.current(holder)
      void refetch()
    },
    [own, refetch],
  )

  /** true: this person may write now; a holder: somebody else does; 'unheard': the station did not answer. */
  const take = async (takeOver = false): Promise<true | Holder | null | 'unheard'> => {
    if (mine.current) return true
    try {
      const lock = await callStation(routes.reportLock, { params, body: { takeOver } })
      own(lock.isMine)
      void refetch()
      return lock.isMine ? true : lock.holder
    } catch (error) {
      notice(error)
      return 'unheard'
    }
  }
  const release = useCallback(async () => {
    if (!mine.current && !heldBefore.current) return
    own(false)
    heldBefore.current = false
    // A lock that cannot be given back ends by itself.
    await callStation(routes.reportUnlock, { params: { id: examId } }).catch(() => undefined)
  }, [examId, own])

  useEffect(() => {
    if (!isMine) return
    const renew = setInterval(() => {
      callStation(routes.reportLock, { params: { id: examId }, body: {} }).then(
        (lock) => lock.isMine || loose(lock.holder),
        // Not heard is not lost: the next renewal says.
        () => undefined,
      )
    }, renewMilliseconds)
    return () => clearInterval(renew)
  }, [isMine, examId, loose])

  // An answer may have been under way since before the lock was taken over: it is asked again.
  const holder = seen.data?.holder ?? null
  const isOthers = isWritable && holder !== null && seen.data?.isMine === false
  useEffect(() => {
    if (!isOthers || !mine.current) return
    callStation(routes.reportLockRead, { params: { id: examId } }).then(
      (lock) => lock.isMine || loose(lock.holder),
      () => undefined,
    )
  }, [isOthers, examId, loose])

  useEffect(() => () => void release(), [release])

  return { isMine, holder: isOthers && !isMine ? holder : undefined, take, release }
}
