import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useLanguage, useText } from '../../text/use-text.tsx'

type Props = {
  readonly destinationId: string
  /** What else can be looked at here. */
  readonly children?: ReactNode
}

/** Tries the saved settings and says line by line what worked. */
export function ConnectionTest({ destinationId, children }: Props) {
  const { settings } = useText()
  const isEnglish = useLanguage().language === 'en'
  const test = useStationMutation(routes.destinationTest, { onFailure: () => undefined })
  return (
    <section className="connection-test" aria-live="polite">
      <div className="connection-test-head">
        <Button loading={test.isPending} onClick={() => test.mutate({ params: { id: destinationId } })}>
          {settings.test}
        </Button>
        {children}
        <span className="faint">{settings.testSaved}</span>
        {test.data ? (
          <strong className={test.data.ok ? 'good' : 'bad'}>{test.data.ok ? settings.testOk : settings.testBad}</strong>
        ) : null}
      </div>
      {test.error ? <FailureAlert error={test.error} /> : null}
      <ul>
        {test.data?.lines.map((line) => (
          <li key={line.what} className={line.ok ? 'good' : 'bad'}>
            {line.ok ? <CheckCircleFilled aria-hidden /> : <ExclamationCircleFilled aria-hidden />}{' '}
            <strong>{isEnglish ? line.whatInEnglish : line.what}</strong>{' '}
            <span className="plain">{isEnglish ? line.detailInEnglish : line.detail}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
