import { useMemo, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { LocalPrior } from '../../../shared/models/writing.ts'
import { chinaDay } from '../../../shared/text/china-time.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { type ImageSeries, seriesOf } from './image-stack.ts'

const none: readonly ImageSeries[] = []

export const priorDay = ({ examinedAt, registeredAt }: LocalPrior) => chinaDay(examinedAt ?? registeredAt)

/** Earlier exams of the same person that have images, and the one of them that is looked at beside this one. */
export function usePriors(examId: string) {
  const [openId, setOpenId] = useState<string>()
  const list = useStationQuery(routes.localPriors, { params: { id: examId } })
  const opened = useStationQuery(routes.examRead, { params: { id: openId ?? '' }, enabled: openId !== undefined })
  const withImages = useMemo(() => (list.data ?? []).filter(({ imageCount }) => imageCount > 0), [list.data])
  const studies = openId === undefined ? undefined : opened.data?.studies
  const series = useMemo(() => (studies && openId ? seriesOf(studies, openId) : none), [studies, openId])
  return {
    list: withImages,
    prior: withImages.find((one) => one.examId === openId),
    series,
    error: openId === undefined ? null : opened.error,
    open: setOpenId,
    close: () => setOpenId(undefined),
  }
}

export type Priors = ReturnType<typeof usePriors>
