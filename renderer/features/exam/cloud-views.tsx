import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { CloudLink } from '../../components/cloud-link.tsx'
import { useText } from '../../text/use-text.tsx'

/** What the clouds themselves say they have of the exam, and where it is seen there. */
export function CloudViews({ page }: { readonly page: ExamPage }) {
  const { care, lookup } = useText()
  const destinations = useStationQuery(routes.destinationList).data ?? []
  if (!page.filmUrl && page.cloudStatus.length === 0) return null
  return (
    <ul className="cloud-views">
      {page.filmUrl ? (
        <li>
          <CloudLink address={page.filmUrl}>{care.film}</CloudLink>
        </li>
      ) : null}
      {page.cloudStatus.map(({ destinationId, status, reportUrl, imageUrl, updatedAt }) => (
        <li key={destinationId} className="cloud-view" data-cloud-status={status}>
          <span>
            {destinations.find((one) => one.id === destinationId)?.name} {care.cloudHas[status]}{' '}
            <Moment at={updatedAt} />
          </span>
          {reportUrl ? <CloudLink address={reportUrl}>{lookup.openReport}</CloudLink> : null}
          {imageUrl ? <CloudLink address={imageUrl}>{lookup.openImages}</CloudLink> : null}
        </li>
      ))}
    </ul>
  )
}
