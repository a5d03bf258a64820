import { useCallback } from 'react'
import { useLanguage } from './use-text.tsx'

type Kept = string | null | undefined
type Why = {
  readonly reason?: Kept
  readonly reasonInEnglish?: Kept
  readonly action?: Kept
  readonly actionInEnglish?: Kept
}

/** Why something did not go on and what to do, in the chosen language: Chinese where only that was kept, as a cloud's own words are. */
export function useWhy(): (why: Why) => { readonly reason: string | undefined; readonly action: string | undefined } {
  const { language } = useLanguage()
  return useCallback(
    ({ reason, reasonInEnglish, action, actionInEnglish }) => {
      const isEnglish = language === 'en'
      return {
        reason: (isEnglish && reasonInEnglish) || reason || undefined,
        action: (isEnglish && actionInEnglish) || action || undefined,
      }
    },
    [language],
  )
}
