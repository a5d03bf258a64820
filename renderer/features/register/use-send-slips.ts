import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { callStation } from '../../api/call-station.ts'
import { wordsIn } from '../../api/failure-words.ts'
import { markRoutesStale } from '../../api/mark-stale.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useWordsNotice } from '../../api/use-words-notice.ts'
import { useLanguage } from '../../text/use-text.tsx'

/** Gives the photos to each of the exams. What was refused is said by name; the others are kept. */
export function useSendSlips(): (examIds: readonly string[], files: readonly File[]) => Promise<void> {
  const failed = useFailureNotice()
  const refusedOne = useWordsNotice()
  const { language } = useLanguage()
  const client = useQueryClient()
  return useCallback(
    async (examIds, files) => {
      for (const id of examIds) {
        const body = new FormData()
        for (const file of files) body.append('file', file, file.name)
        try {
          const { refused } = await callStation(routes.slipAdd, { params: { id }, body })
          for (const one of refused) {
            const words = wordsIn(one, language)
            refusedOne(words.message, words)
          }
        } catch (error) {
          failed(error)
        }
      }
      await markRoutesStale(client, [routes.slipList])
    },
    [client, language, failed, refusedOne],
  )
}
