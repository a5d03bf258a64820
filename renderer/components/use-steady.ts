import { useCallback, useLayoutEffect, useRef } from 'react'

/** The same function for as long as the component stands, which does what was drawn last: parts that are given it need not be drawn again. */
export function useSteady<Args extends readonly unknown[], Result>(run: (...args: Args) => Result) {
  const latest = useRef(run)
  useLayoutEffect(() => {
    latest.current = run
  })
  return useCallback((...args: Args): Result => latest.current(...args), [])
}
