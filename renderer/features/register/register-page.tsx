import { Card } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { RegisteredExam } from '../../../shared/models/registration.ts'
import { useUser } from '../../api/use-session.ts'
import { readIdentityCard } from '../../clinic/read-identity-card.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { forgetWhatWasLeft, whatWasLeft } from '../../components/scan-handlers.ts'
import { useText } from '../../text/use-text.tsx'
import { lastModality } from './last-modality.ts'
import { NewRegistration } from './new-registration.tsx'
import { RegisteredPanel } from './registered-panel.tsx'
import { nextValues, type RegistrationValues } from './registration-values.ts'
import { lastExaminer, usualExaminer } from './usual-examiner.ts'

type Stage =
  | { readonly kind: 'filling'; readonly initialValues: RegistrationValues; readonly card?: string | undefined }
  | {
      readonly kind: 'registered'
      readonly exams: readonly RegisteredExam[]
      readonly values: RegistrationValues
    }

type Props = {
  /** What stands below a fresh registration. */
  readonly below?: (exam: RegisteredExam) => ReactNode
}

export function RegisterPage({ below }: Props) {
  const { register } = useText()
  const user = useUser()
  const { username } = user
  const [stage, setStage] = useState<Stage>(() => {
    const fresh = nextValues()
    const modality = lastModality.read(username)
    const examDoctor = usualExaminer(user, lastExaminer.read(modality))
    return {
      kind: 'filling',
      initialValues: { ...fresh, exam: { ...fresh.exam, modality, ...(examDoctor && { examDoctor }) } },
      card: cardThatWasLeft(),
    }
  })
  useEffect(forgetWhatWasLeft, [])
  const first = stage.kind === 'registered' ? stage.exams[0] : undefined
  return (
    <section className="page page-narrow">
      <PageHeading title={register.title} />
      <Card>
        {stage.kind === 'registered' ? (
          <>
            <RegisteredPanel
              exams={stage.exams}
              patientName={stage.values.patient.name ?? ''}
              onAnother={(card) => setStage({ kind: 'filling', initialValues: nextValues(stage.values), card })}
            />
            {first ? below?.(first) : null}
          </>
        ) : (
          <NewRegistration
            initialValues={stage.initialValues}
            card={stage.card}
            onRegistered={(exams, values) => {
              const { modality, examDoctor } = values.exam
              lastModality.write(username, exams.at(-1)?.modality)
              if (modality && examDoctor?.name)
                lastExaminer.write(modality, { name: examDoctor.name, code: examDoctor.code ?? '' })
              setStage({ kind: 'registered', exams, values })
            }}
          />
        )}
      </Card>
    </section>
  )
}

function cardThatWasLeft(): string | undefined {
  const text = whatWasLeft()
  return text !== undefined && readIdentityCard(text) ? text : undefined
}
