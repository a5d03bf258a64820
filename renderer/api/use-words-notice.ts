import { App } from 'antd'
import { createElement, useCallback } from 'react'
import { FailureNotice } from './failure-notice.tsx'
import type { FailureWords } from './failure-words.ts'

/** Long enough to read what to do; it waits under the pointer. */
const seconds = 12

/** Says in the corner what was refused, what to do and the code. */
export function useWordsNotice(): (title: string, words: FailureWords) => void {
  const { notification } = App.useApp()
  return useCallback(
    (title, words) =>
      notification.error({ title, description: createElement(FailureNotice, { words }), duration: seconds }),
    [notification],
  )
}
