import { CheckCircleFilled } from '@ant-design/icons'
import { Spin } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import type { Fix } from './preflight-lines.ts'
import { PreflightList } from './preflight-list.tsx'
import { useFixFor } from './use-fix-for.ts'

type Props = { readonly page: ExamPage; readonly onFix: (fix: Fix) => void }

export function PreflightPanel({ page, onFix }: Props) {
  const { preflight } = useText()
  const list = useStationQuery(cloudCareRoutes.preflight, { params: { id: page.exam.id } })
  const fixFor = useFixFor(page.reports[0])
  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />
  if (!list.data) return <Spin />
  return (
    <div className="side-tab">
      <p className="faint">{preflight.intro}</p>
      {list.data.length === 0 ? (
        <p className="good" data-preflight="clear">
          <CheckCircleFilled aria-hidden /> {preflight.clear}
        </p>
      ) : null}
      <PreflightList lines={list.data} fixFor={fixFor} onFix={onFix} />
    </div>
  )
}
