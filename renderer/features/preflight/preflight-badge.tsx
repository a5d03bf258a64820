import { Badge } from 'antd'
import type { ReactNode } from 'react'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'
import { blocksOf } from './preflight-lines.ts'

type Props = { readonly examId: string; readonly children: ReactNode }

/** How many problems would block the upload of this exam. */
export function PreflightBadge({ examId, children }: Props) {
  const { preflight } = useText()
  const lines = useStationQuery(cloudCareRoutes.preflight, { params: { id: examId } }).data ?? []
  const blocks = blocksOf(lines).length
  return (
    <span className="tab-label">
      {children}
      <Badge
        count={blocks}
        dot={blocks === 0 && lines.length > 0}
        color={blocks > 0 ? '#cf1322' : '#1677ff'}
        size="small"
        title={blocks > 0 ? preflight.found(blocks) : ''}
      />
    </span>
  )
}
