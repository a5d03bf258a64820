import { Alert, App, Button, Card, Empty, List } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { OpenTraining } from '../../clinic/open-training.tsx'
import { CloudLink } from '../../components/cloud-link.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import { usePrepareTraining } from './use-prepare-training.ts'

/** Everything to practise with: clouds that can fail, patients who do not exist, a device that does what it is told. */
export function TrainingPage() {
  const { training } = useText()
  const health = useStationQuery(routes.health)
  if (!health.data) return null
  if (health.data.mode === 'training') return <PractiseHere />
  return (
    <section className="page page-narrow">
      <PageHeading title={training.title} />
      <Alert type="info" showIcon title={training.notHere} />
      <OpenTraining />
    </section>
  )
}

function PractiseHere() {
  const { care, training } = useText()
  const user = useUser()
  const { prepare, isPreparing } = usePrepareTraining()
  const pages = useStationQuery(routes.trainingCloudsRead)
  return (
    <section className="page page-narrow">
      <PageHeading
        title={training.title}
        extra={
          mayCall(user, routes.trainingCloudsTurn) ? (
            <Button type="primary" size="large" loading={isPreparing} onClick={prepare}>
              {isPreparing ? training.preparing : training.prepare}
            </Button>
          ) : null
        }
      />
      <Alert type="warning" showIcon title={training.intro} description={training.prepareHint} />
      <Card size="small" title={training.clouds}>
        <p className="settings-intro">{training.cloudsHint}</p>
        <div className="prior-links">
          {pages.data?.map(({ name, url }) => (
            <CloudLink key={url} address={url}>
              {care.trainingPage(name)}
            </CloudLink>
          ))}
        </div>
      </Card>
      <Patients />
      <Device />
    </section>
  )
}

function Patients() {
  const { training } = useText()
  const { message } = App.useApp()
  const add = useStationMutation(routes.trainingPatients, {
    stale: [routes.examList],
    onDone: ({ registered }) => message.success(training.patientsAdded(registered)),
  })
  return (
    <Card
      size="small"
      title={training.patients}
      extra={
        <Button size="small" loading={add.isPending} onClick={() => add.mutate({})}>
          {training.addPatients}
        </Button>
      }
    >
      <p className="settings-intro">{training.patientsHint}</p>
    </Card>
  )
}

function Device() {
  const { training } = useText()
  const { message } = App.useApp()
  const waiting = useStationQuery(routes.examList, { query: { state: 'registered', pageSize: 10 } })
  const send = useStationMutation(routes.trainingImages, {
    stale: [routes.examList, routes.trayList, routes.trainingCloudsRead],
    onDone: ({ images }) => message.success(training.sent(images)),
  })
  return (
    <Card
      size="small"
      title={training.device}
      extra={
        <Button
          size="small"
          loading={send.isPending && !send.variables?.body?.examId}
          onClick={() => send.mutate({ body: {} })}
        >
          {training.stray}
        </Button>
      }
    >
      <p className="settings-intro">
        {training.deviceHint} {training.strayHint}
      </p>
      <List<ExamRow>
        size="small"
        dataSource={waiting.data?.rows ?? []}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={training.nobodyWaits} />,
        }}
        renderItem={({ exam, patient }) => (
          <List.Item
            actions={[
              <Button
                key="examine"
                size="small"
                loading={send.isPending && send.variables?.body?.examId === exam.id}
                onClick={() => send.mutate({ body: { examId: exam.id } })}
              >
                {training.examine}
              </Button>,
            ]}
          >
            <span>
              {patient.name} · {exam.itemName} · <span className="mono">{exam.accessionNumber}</span>
            </span>
          </List.Item>
        )}
      />
    </Card>
  )
}
