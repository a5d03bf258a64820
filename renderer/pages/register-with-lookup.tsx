import { useNavigate } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import type { RegisteredExam } from '../../shared/models/registration.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { DuplicateWarning } from '../features/lookup/duplicate-warning.tsx'
import { PriorPanel } from '../features/lookup/prior-panel.tsx'
import { useOpenedPrior } from '../features/lookup/use-opened-prior.ts'
import { usePriorLookup } from '../features/lookup/use-prior-lookup.ts'
import { RegisterPage } from '../features/register/register-page.tsx'
import { useText } from '../text/use-text.tsx'
import { PriorDrawer } from './prior-drawer.tsx'

export function RegisterWithLookup() {
  return <RegisterPage below={(exam) => <PriorOfRegistered key={exam.id} exam={exam} />} />
}

/** What other institutions know of the person who was just registered, while the patient still stands there. */
function PriorOfRegistered({ exam }: { readonly exam: RegisteredExam }) {
  const { lookup: text } = useText()
  const navigate = useNavigate()
  const prior = useOpenedPrior(exam.id)
  const page = useStationQuery(routes.examRead, { params: { id: exam.id } }).data
  const lookup = usePriorLookup({
    examId: exam.id,
    patientName: page?.patient.name ?? '',
    itemCode: exam.itemCode,
    identity: page?.patient.identity,
    atOnce: page !== undefined,
  })
  if (!page || !lookup.mayAsk || !lookup.hasDestination) return null
  return (
    <section className="registered-lookup" aria-label={text.title}>
      <DuplicateWarning lookup={lookup} onOpen={prior.open} onCancelled={() => navigate('/board')} />
      <PriorPanel lookup={lookup} opened={prior.opened} onOpen={prior.open} />
      <PriorDrawer examId={exam.id} prior={prior} />
    </section>
  )
}
