import { Alert, Empty } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import { ImportJobCard } from './import-job-card.tsx'
import { ImportSource } from './import-source.tsx'

/** Discs, sticks, folders and ZIPs: what is brought, how far it is, and what became of each file. */
export function ImportPage() {
  const { common, images } = useText()
  const user = useUser()
  const list = useStationQuery(routes.importList)
  const mayImport = mayCall(user, routes.importFiles)
  return (
    <section className="page page-narrow">
      <PageHeading title={images.importTitle} hint={images.importHint} />
      {mayImport ? <ImportSource /> : <Alert type="info" showIcon title={common.noPermission} />}
      {list.error ? <FailureAlert error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.data?.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={images.importNone} /> : null}
      {list.data?.map((job) => (
        <ImportJobCard key={job.id} job={job} mayStop={mayImport} />
      ))}
    </section>
  )
}
