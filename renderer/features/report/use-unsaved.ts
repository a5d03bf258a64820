import { useCallback, useEffect, useRef, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ReportDraft } from '../../../shared/models/report.ts'
import type { UnsavedReport } from '../../../shared/models/writing.ts'
import { callStation } from '../../api/call-station.ts'

type Options = {
  readonly examId: string
  readonly isUnsaved: boolean
  readonly everySeconds: number
  readonly read: () => ReportDraft
  readonly typedInto: () => UnsavedReport['typedInto']
}

export type KeepState = { readonly kind: 'nothing' | 'failed' } | { readonly kind: 'kept'; readonly at: number }

/** Keeps what is being written at the station every few seconds, for the case that this window, browser or computer stops. */
export function useUnsaved(options: Options) {
  const { examId, isUnsaved, everySeconds } = options
  const [state, setState] = useState<KeepState>({ kind: 'nothing' })
  const now = useRef(options)
  useEffect(() => {
    now.current = options
  })
  const last = useRef('')
  // One call after the other: a slow one must not come after the text was saved and dropped.
  const line = useRef<Promise<unknown>>(Promise.resolve())

  const inLine = useCallback(<T>(call: () => Promise<T>): Promise<T> => {
    const next = line.current.then(call, call)
    line.current = next.catch(() => undefined)
    return next
  }, [])

  /** Keeps what stands there now; nothing is sent where nothing is new. */
  const flush = useCallback((): Promise<void> => {
    if (!now.current.isUnsaved) return Promise.resolve()
    const draft = now.current.read()
    const text = JSON.stringify(draft)
    if (text === last.current) return Promise.resolve()
    last.current = text
    const body = { draft, typedInto: now.current.typedInto() }
    return inLine(() => callStation(routes.unsavedKeep, { params: { id: examId }, body })).then(
      ({ keptAt }) => setState({ kind: 'kept', at: keptAt }),
      () => {
        // Tried again with the next beat, whether or not something is typed until then.
        last.current = ''
        setState({ kind: 'failed' })
      },
    )
  }, [examId, inLine])

  const drop = useCallback((): Promise<void> => {
    last.current = ''
    setState({ kind: 'nothing' })
    return inLine(() => callStation(routes.unsavedDrop, { params: { id: examId } })).then(
      () => undefined,
      () => undefined,
    )
  }, [examId, inLine])

  useEffect(() => {
    if (!isUnsaved) return
    const beat = setInterval(() => void flush(), everySeconds * 1000)
    const hidden = () => {
      if (document.visibilityState === 'hidden') void flush()
    }
    document.addEventListener('visibilitychange', hidden)
    return () => {
      clearInterval(beat)
      document.removeEventListener('visibilitychange', hidden)
    }
  }, [isUnsaved, everySeconds, flush])

  return { state, flush, drop }
}
