import { Button, Descriptions } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { Moment } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly page: ExamPage; readonly onEdit: () => void }

/** Everything that was registered and has a value. */
export function RegistrationFacts({ page, onEdit }: Props) {
  const { exam: text, register, words } = useText()
  const user = useUser()
  const { patient, exam } = page
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    [text.patientId, patient.patientId],
    [register.namePinyin, patient.namePinyin],
    [register.birthDate, patient.birthDate],
    [patient.identity ? words.identityKind[patient.identity.kind] : register.identityNumber, patient.identity?.number],
    [register.phone, patient.phone],
    [register.medicalInsuranceNumber, patient.medicalInsuranceNumber],
    [register.healthCardNumber, patient.healthCardNumber],
    [register.homeAddress, patient.homeAddress],
    [register.occupation, patient.occupation],
    [register.itemCode, exam.itemCode],
    [register.bodyPart, exam.bodyPart],
    [register.clinicNumber, exam.clinicNumber],
    [register.inpatientNumber, exam.inpatientNumber],
    [register.checkupNumber, exam.checkupNumber],
    [register.ward, exam.ward?.name],
    [register.bed, exam.bed],
    [register.applyDepartment, exam.applyDepartment?.name],
    [register.applyDoctor, exam.applyDoctor?.name],
    [register.clinicalDiagnosis, exam.clinicalDiagnosis],
    [register.chiefComplaint, exam.chiefComplaint],
    [register.briefHistory, exam.briefHistory],
    [register.allergies, exam.allergies],
    [register.requirement, exam.requirement],
    [register.device, exam.scheduledAeTitle],
    [text.registeredBy, exam.registeredBy],
  ]
  return (
    <div className="registration-facts">
      <Descriptions
        size="small"
        column={1}
        items={[
          ...facts
            .filter(([, value]) => value !== undefined && value !== '')
            .map(([label, value]) => ({ key: label, label, children: value })),
          { key: 'at', label: text.registeredAt, children: <Moment at={exam.registeredAt} /> },
        ]}
      />
      {page.state !== 'cancelled' && mayCall(user, routes.examChange) ? (
        <Button onClick={onEdit}>{text.editRegistration}</Button>
      ) : null}
    </div>
  )
}
