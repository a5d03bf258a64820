import { Button } from 'antd'
import { lookupRoutes } from '../../../shared/api/lookup-routes.ts'
import type { CloudStudy } from '../../../shared/models/lookup.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { CloudLink } from '../../components/cloud-link.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly examId: string; readonly destinationId: string; readonly destinationName: string }

/** What the Tencent cloud knows of the patient; each question is asked when a person asks it. */
export function CloudStudies({ examId, destinationId, destinationName }: Props) {
  const { lookup } = useText()
  const quiet = { onFailure: () => undefined }
  const studies = useStationMutation(lookupRoutes.cloudStudies, quiet)
  const consultations = useStationMutation(lookupRoutes.consultations, quiet)
  const body = { examId, destinationId }
  const error = studies.error ?? consultations.error
  return (
    <section className="prior-list" aria-label={destinationName}>
      <h3>{destinationName}</h3>
      <div className="row-actions">
        <Button size="small" loading={studies.isPending} onClick={() => studies.mutate({ body })}>
          {lookup.cloudStudies}
        </Button>
        {consultations.data ? (
          <CloudLink address={consultations.data.url}>{lookup.openConsultations}</CloudLink>
        ) : (
          <Button size="small" loading={consultations.isPending} onClick={() => consultations.mutate({ body })}>
            {lookup.consultations}
          </Button>
        )}
      </div>
      {error ? <FailureAlert error={error} /> : null}
      {studies.data?.length === 0 ? <p className="faint">{lookup.noCloudStudies}</p> : null}
      <ul>
        {studies.data?.map((study) => (
          <li key={`${study.studyId} ${study.reportId}`} className="prior-row" data-cloud-study={study.studyId}>
            <div>
              <span className="mono faint">{study.studyDate}</span> {study.studyName}
              <div className="faint">
                {[study.bodyPart, study.applyDepartment, study.applyDoctor].filter(Boolean).join(' · ')}
              </div>
            </div>
            <StudyLinks examId={examId} destinationId={destinationId} study={study} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type LinksProps = { readonly examId: string; readonly destinationId: string; readonly study: CloudStudy }

/** The addresses that came with the list, or asked for now. */
function StudyLinks({ examId, destinationId, study }: LinksProps) {
  const { lookup } = useText()
  const ask = useStationMutation(lookupRoutes.reportUrl)
  const reportUrl = ask.data?.reportUrl || study.reportUrl
  const imageUrl = ask.data?.imageUrl || study.imageUrl
  return (
    <span className="row-actions">
      {reportUrl ? <CloudLink address={reportUrl}>{lookup.openReport}</CloudLink> : null}
      {imageUrl ? <CloudLink address={imageUrl}>{lookup.openImages}</CloudLink> : null}
      {!reportUrl && study.reportId ? (
        <Button
          size="small"
          loading={ask.isPending}
          onClick={() => ask.mutate({ body: { examId, destinationId, reportId: study.reportId } })}
        >
          {lookup.reportUrl}
        </Button>
      ) : null}
    </span>
  )
}
