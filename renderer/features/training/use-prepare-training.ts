import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { callStation } from '../../api/call-station.ts'
import { markStale } from '../../api/mark-stale.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useText } from '../../text/use-text.tsx'

const examined = 4

/** One click: clouds, patients, and images of half of them. */
export function usePrepareTraining() {
  const { training } = useText()
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const queryClient = useQueryClient()
  const [isPreparing, setPreparing] = useState(false)

  async function prepare(): Promise<void> {
    setPreparing(true)
    try {
      await callStation(routes.trainingCloudsTurn, { body: { on: true } })
      await callStation(routes.trainingPatients)
      const { rows } = await callStation(routes.examList, { query: { state: 'registered' } })
      for (const { exam } of rows.slice(0, examined)) {
        await callStation(routes.trainingImages, { body: { examId: exam.id } })
      }
      message.success(training.prepared)
    } catch (error) {
      notice(error)
    } finally {
      setPreparing(false)
      await markStale(queryClient, () => true)
    }
  }
  return { prepare, isPreparing }
}
