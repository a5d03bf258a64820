import { useCallback } from 'react'
import { useLanguage } from '../text/use-text.tsx'
import { failureWords } from './failure-words.ts'
import { StationError } from './station-error.ts'
import { useWordsNotice } from './use-words-notice.ts'

/** Shows a failure in the corner, in words and with its code. A lost session shows the login page instead. */
export function useFailureNotice(): (error: unknown) => void {
  const notice = useWordsNotice()
  const { language } = useLanguage()
  return useCallback(
    (error: unknown) => {
      if (error instanceof StationError && error.status === 401) return
      const words = failureWords(error, language)
      notice(words.message, words)
    },
    [notice, language],
  )
}
