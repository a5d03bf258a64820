import { App } from 'antd'
import { createElement, useCallback } from 'react'
import { useLanguage } from '../text/use-text.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { failureWords } from './failure-words.ts'
import { StationError } from './station-error.ts'

/** Shows a failure in the corner, in words and with its code. A lost session shows the login page instead. */
export function useFailureNotice(): (error: unknown) => void {
  const { notification } = App.useApp()
  const { language } = useLanguage()
  return useCallback(
    (error: unknown) => {
      if (error instanceof StationError && error.status === 401) return
      const words = failureWords(error, language)
      notification.error({
        title: words.message,
        description: createElement(FailureNotice, { words }),
        placement: 'topRight',
        duration: 12,
      })
    },
    [notification, language],
  )
}
