import { Alert, App, Button } from 'antd'
import type { ReactNode } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { VersionConflict } from '../../../shared/api/views.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { personWords } from '../../text/person-words.ts'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly examId?: string; readonly thumbnailOf: (id: string) => ReactNode }

/** Objects that came twice with other bytes: both pictures side by side, and a person says which one counts. */
export function ConflictList({ examId, thumbnailOf }: Props) {
  const { images } = useText()
  const list = useStationQuery(routes.conflictList)
  const shown = (list.data ?? []).filter((one) => examId === undefined || one.examId === examId)
  if (shown.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={images.conflicts}
      description={
        <>
          <p>{images.conflictsHint}</p>
          {shown.map((conflict) => (
            <OneConflict key={conflict.instanceId} conflict={conflict} thumbnailOf={thumbnailOf} />
          ))}
        </>
      }
    />
  )
}

type OneProps = { readonly conflict: VersionConflict; readonly thumbnailOf: Props['thumbnailOf'] }

function OneConflict({ conflict, thumbnailOf }: OneProps) {
  const { images } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const choose = useStationMutation(routes.versionChoose, {
    stale: [routes.conflictList, routes.examRead, routes.health],
    onDone: () => message.success(images.chosen),
  })
  return (
    <section data-conflict={conflict.sopInstanceUid}>
      <div>
        {personWords(conflict.patientName)} <span className="mono">{conflict.accessionNumber}</span>
      </div>
      <ul className="versions">
        {conflict.versions.map((version, index) => (
          <li key={version.id}>
            {thumbnailOf(version.id)}
            <strong>
              {images.version(index + 1)}
              {version.isCurrent ? ` · ${images.current}` : ''}
            </strong>
            <span className="faint">
              {version.callingAeTitle} · <Moment at={version.receivedAt} /> · {Math.ceil(version.sizeBytes / 1024)} KB
            </span>
            {mayCall(user, routes.versionChoose) ? (
              <Button
                size="small"
                aria-label={`${images.choose} ${images.version(index + 1)}`}
                loading={choose.isPending && choose.variables.params?.id === version.id}
                onClick={() => choose.mutate({ params: { id: version.id } })}
              >
                {images.choose}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
