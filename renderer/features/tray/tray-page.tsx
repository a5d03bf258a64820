import { Empty, Spin } from 'antd'
import type { ReactNode } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import { TrayStudyCard } from './tray-study-card.tsx'

type Props = {
  readonly thumbnailOf: (instanceId: string) => ReactNode
  readonly before?: ReactNode
  readonly after?: ReactNode
}

export function TrayPage({ thumbnailOf, before, after }: Props) {
  const { tray } = useText()
  const list = useStationQuery(routes.trayList)
  return (
    <section className="page">
      <PageHeading title={tray.title} hint={tray.intro} />
      {before}
      {list.error ? <FailureAlert error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.isPending ? <Spin size="large" /> : null}
      {list.data?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${tray.empty} · ${tray.emptyHint}`} />
      ) : null}
      {list.data?.map((study) => (
        <TrayStudyCard key={study.header.studyInstanceUid} study={study} thumbnailOf={thumbnailOf} />
      ))}
      {after}
    </section>
  )
}
