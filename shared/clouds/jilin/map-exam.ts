import type { Modality } from '../../models/exam.ts'
import type { ExamDossier } from '../../models/exam-dossier.ts'
import type { Identity, Patient, PatientSex } from '../../models/patient.ts'
import { chinaDateTime } from '../../text/china-time.ts'
import { ageAt } from '../../text/patient-age.ts'
import { examDay, studyUidOf, textOrAbsent, withoutAbsent } from '../exam-facts.ts'
import { wireTimeOf } from '../wire-time.ts'
import { isDecimal } from './check-body.ts'
import type { PatientExamBody } from './patient-exam-fields.ts'

/** savePatientExam for the newest released version. Pure: `idCardNo` in clear, the client seals it. Times in China time. */
export function mapPatientExam(dossier: ExamDossier): PatientExamBody {
  const { patient, exam, report, institution } = dossier
  const age = ageAt(patient.birthDate, examDay(dossier))
  const writtenAt = report?.submittedAt ?? report?.approvedAt ?? report?.writtenAt
  const auditedAt = report?.approvedAt ?? writtenAt
  // 报告医师和审核医师为同一医师时使用同一值.
  const reportDoctor = report?.reportDoctor ?? report?.auditDoctor
  const auditDoctor = report?.auditDoctor ?? report?.reportDoctor
  return withoutAbsent<PatientExamBody>({
    hospitalCode: textOrAbsent(institution.hospitalCode),
    patientId: patient.patientId,
    patientName: patient.name,
    phoneNumber: textOrAbsent(patient.phone),
    healthNo: textOrAbsent(patient.healthCardNumber),
    ...identityOf(patient.identity),
    medicareNo: textOrAbsent(patient.medicalInsuranceNumber),
    accessNumber: exam.accessionNumber,
    patientType: patientTypes[exam.category],
    studyUid: studyUidOf(dossier),
    patientAge: String(age.value),
    patientAgeUnit: ageUnits[age.unit],
    sex: sexes[patient.sex],
    birthday: `${patient.birthDate} 00:00:00`,
    married: patient.maritalStatus && maritalCodes[patient.maritalStatus],
    outpatientNo: textOrAbsent(exam.clinicNumber),
    pepatientNo: textOrAbsent(exam.checkupNumber),
    hospitalizedNo: textOrAbsent(exam.inpatientNumber),
    wardNo: textOrAbsent(exam.ward?.name),
    bedNo: textOrAbsent(exam.bed),
    modality: jilinModality(exam.modality),
    checkPart: textOrAbsent(exam.bodyPart),
    scanningModel: textOrAbsent(exam.scanMode),
    examProjectCode: exam.itemCode,
    examProjectName: exam.itemName,
    imageDescription: report?.findings,
    conclusion: report?.impression,
    clinicalDiagnosis: textOrAbsent(exam.clinicalDiagnosis),
    briefHistory: textOrAbsent(exam.briefHistory),
    positive: report && positiveCodes[report.positive],
    reportDocName: textOrAbsent(reportDoctor?.name),
    reportDocCode: textOrAbsent(reportDoctor?.code),
    auditDocName: textOrAbsent(auditDoctor?.name),
    auditDocCode: textOrAbsent(auditDoctor?.code),
    applyDeptCode: textOrAbsent(exam.applyDepartment?.code),
    applyDeptName: textOrAbsent(exam.applyDepartment?.name),
    procedureOfficeName: textOrAbsent(exam.examDepartment?.name),
    ProcedureDocName: textOrAbsent(exam.examDoctor?.name),
    applyDocName: textOrAbsent(exam.applyDoctor?.name),
    applyDocCode: textOrAbsent(exam.applyDoctor?.code),
    regTime: chinaDateTime(exam.registeredAt),
    checkTime: wireTimeOf(dossier.studyDateTime),
    reportDateTime: timeOf(writtenAt),
    auditDateTime: timeOf(auditedAt),
    price: priceFits(exam.price) ? exam.price : undefined,
    applicationId: textOrAbsent(exam.applicationNumber),
    infectionName: report && (report.infectious ? '1' : '0'),
    criticalValue: report && (report.critical ? '1' : '0'),
    reportStatus: report && '7',
    homeAddr: textOrAbsent(patient.homeAddress),
    homeTown: textOrAbsent(patient.birthplace),
    procedureDoctorCode: textOrAbsent(exam.examDoctor?.code),
    applyDoctorCode: textOrAbsent(exam.applyDoctor?.code),
    diagTime: timeOf(writtenAt),
    prfs: textOrAbsent(patient.occupation),
    wardareaCode: textOrAbsent(exam.ward?.code),
    chfcomp: textOrAbsent(exam.chiefComplaint),
    algs: textOrAbsent(exam.allergies),
    rpotAdv: textOrAbsent(report?.advice),
  })
}

/** N6,2: six characters with the point. Another price is left out with a warning; it is no reason to hold an exam back. */
export function priceFits(price: number | undefined): boolean {
  return price === undefined || isDecimal('N6,2', price)
}

const timeOf = (epochMs: number | undefined) => (epochMs === undefined ? undefined : chinaDateTime(epochMs))

const patientTypes = { outpatient: '1', inpatient: '2', checkup: '3', emergency: '4', other: '9' } as const
const ageUnits = { Y: '1', M: '2', D: '3' } as const
const sexes: Readonly<Record<PatientSex, string>> = { M: '1', F: '2', O: '9' }
const positiveCodes = { negative: '-1', positive: '1', undetermined: '100' } as const
const maritalCodes: Readonly<Record<NonNullable<Patient['maritalStatus']>, string>> = {
  single: '10',
  married: '20',
  'first-marriage': '21',
  remarried: '22',
  rejoined: '23',
  widowed: '30',
  divorced: '40',
  unknown: '90',
}

/** 检查类型 lists no electrocardiogram: it goes as OT. */
export function jilinModality(modality: Modality): string {
  return modality === 'ECG' ? 'OT' : modality
}

/**
 * A resident's number has a field of its own; every other document goes as otherNoType with otherNo. The Home Return Permit of
 * Hong Kong begins with H, that of Macau with M.
 */
function identityOf(identity: Identity | undefined): Pick<PatientExamBody, 'idCardNo' | 'otherNoType' | 'otherNo'> {
  if (!identity) return {}
  if (identity.kind === 'resident') return { idCardNo: identity.number.toUpperCase() }
  const isMacau = identity.kind === 'hong-kong-macau-permit' && /^m/i.test(identity.number)
  return { otherNoType: isMacau ? '5' : otherNoTypes[identity.kind], otherNo: identity.number }
}

const otherNoTypes = {
  passport: '19',
  'hong-kong-macau-permit': '4',
  'taiwan-permit': '6',
  'residence-permit': '17',
  'foreign-permanent-residence': '7',
  military: '21',
  other: '99',
} as const
