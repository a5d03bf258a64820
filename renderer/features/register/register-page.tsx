import { Card } from 'antd'
import { type ReactNode, useState } from 'react'
import type { AnswerOf } from '../../../shared/api/route.ts'
import type { Routes } from '../../../shared/api/routes.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import { NewRegistration } from './new-registration.tsx'
import { RegisteredPanel } from './registered-panel.tsx'
import { nextValues, type RegistrationValues } from './registration-values.ts'

type Stage =
  | { readonly kind: 'filling'; readonly initialValues: RegistrationValues }
  | {
      readonly kind: 'registered'
      readonly exam: AnswerOf<Routes['examRegister']>
      readonly values: RegistrationValues
    }

type Props = {
  /** What stands below a fresh registration. */
  readonly below?: (exam: AnswerOf<Routes['examRegister']>) => ReactNode
}

export function RegisterPage({ below }: Props) {
  const { register } = useText()
  const [stage, setStage] = useState<Stage>({ kind: 'filling', initialValues: nextValues() })
  return (
    <section className="page page-narrow">
      <PageHeading title={register.title} />
      <Card>
        {stage.kind === 'registered' ? (
          <>
            <RegisteredPanel
              exam={stage.exam}
              patientName={stage.values.patient.name ?? ''}
              onAnother={() => setStage({ kind: 'filling', initialValues: nextValues(stage.values) })}
            />
            {below?.(stage.exam)}
          </>
        ) : (
          <NewRegistration
            initialValues={stage.initialValues}
            onRegistered={(exam, values) => setStage({ kind: 'registered', exam, values })}
          />
        )}
      </Card>
    </section>
  )
}
