import type { ExamDossier } from '../../models/exam-dossier.ts'
import { countsOf } from '../../models/exam-dossier.ts'
import type { Identity } from '../../models/patient.ts'
import { chinaDateTime } from '../../text/china-time.ts'
import { ageAt } from '../../text/patient-age.ts'
import { examDay, studyUidOf, textOrAbsent, withoutAbsent } from '../exam-facts.ts'
import { wireTimeOf } from '../wire-time.ts'
import type {
  GetStudyQrBody,
  ReconcileLogBody,
  ReconcileRangeLogBody,
  ReportAddBody,
  StudyDeleteBody,
} from './fields.ts'
import type { StudyAddBody } from './study-add-fields.ts'

/** 检查状态 of study/add. */
export type AimisStatus = NonNullable<StudyAddBody['status']>

/** What is counted in study/add and in both reconcile calls. */
export type AimisCounts = {
  readonly images: number
  readonly series: number
  readonly reports: number
  /** The report as Encapsulated PDF by C-STORE counts 1; without `pdfAsDicom` there is none. */
  readonly pdfs: number
}

export function aimisCountsOf(dossier: ExamDossier, pdfAsDicom: boolean): AimisCounts {
  const counts = countsOf(dossier)
  return { ...counts, pdfs: pdfAsDicom ? counts.reports : 0 }
}

/** A dossier knows released reports only: with one the exam is final, without one it is registered. */
export function aimisStatusOf(dossier: ExamDossier): AimisStatus {
  return dossier.report ? 'final' : 'registered'
}

/** study/add. Absent values are left out, never null; times in China time. */
export function mapStudyAdd(dossier: ExamDossier, status: AimisStatus, counts: AimisCounts): StudyAddBody {
  const { patient, exam } = dossier
  const age = ageAt(patient.birthDate, examDay(dossier))
  return withoutAbsent<StudyAddBody>({
    patientId: patient.patientId,
    patientName: patient.name,
    patientSex: patient.sex,
    ...namesOf(dossier),
    modality: exam.modality,
    patientAge: String(age.value),
    patientAgeUnit: age.unit,
    patientBirthday: patient.birthDate,
    size: exam.heightMetres?.toString(),
    weight: exam.weightKilograms?.toString(),
    phoneNum: textOrAbsent(patient.phone),
    medicalInsuranceNum: textOrAbsent(patient.medicalInsuranceNumber),
    ...identityOf(patient.identity, patient.otherIdentity),
    homeAddress: textOrAbsent(patient.homeAddress),
    bodyPart: textOrAbsent(exam.bodyPart),
    studyDesc: exam.itemName,
    studyDate: wireTimeOf(dossier.studyDateTime),
    appointDate: chinaDateTime(exam.scheduledAt),
    scanMode: textOrAbsent(exam.scanMode),
    studyCategory: exam.category === 'emergency' ? 'emergency' : 'normal',
    applyDept: textOrAbsent(exam.applyDepartment?.name),
    applyDoctor: textOrAbsent(exam.applyDoctor?.name),
    applyDeptId: textOrAbsent(exam.applyDepartment?.code),
    applyDoctorId: textOrAbsent(exam.applyDoctor?.code),
    hisNum: textOrAbsent(exam.hisNumber),
    clinicNum: textOrAbsent(exam.clinicNumber),
    inpatientNum: textOrAbsent(exam.inpatientNumber),
    healthScreenNum: textOrAbsent(exam.checkupNumber),
    examDept: textOrAbsent(exam.examDepartment?.name),
    examDoctor: textOrAbsent(exam.examDoctor?.name),
    examDeptId: textOrAbsent(exam.examDepartment?.code),
    examDoctorId: textOrAbsent(exam.examDoctor?.code),
    examInfo: textOrAbsent(
      [exam.examInfo, exam.price === undefined ? undefined : `检查费用${exam.price}元`].filter(Boolean).join('；'),
    ),
    inpatientWard: textOrAbsent(exam.ward?.name),
    bedNum: textOrAbsent(exam.bed),
    diagnosis: textOrAbsent(exam.clinicalDiagnosis),
    symptom: textOrAbsent(exam.chiefComplaint),
    allergies: textOrAbsent(exam.allergies),
    studyRequirement: textOrAbsent(exam.requirement),
    equipment: textOrAbsent(exam.equipment),
    status,
    studyUid: studyUidOf(dossier),
    ...countFieldsOf(counts),
  })
}

/** report/add for the newest released version; without one the class A fields are missing and nothing is sent. */
export function mapReportAdd(dossier: ExamDossier): ReportAddBody {
  const { report, reportPrint } = dossier
  const reportAt = report?.submittedAt ?? report?.writtenAt
  return withoutAbsent<ReportAddBody>({
    reportNumber: report && `${dossier.exam.accessionNumber}-${report.version}`,
    ...namesOf(dossier),
    imageDescription: textOrAbsent(report?.findings),
    conclusion: textOrAbsent(report?.impression),
    reportTime: reportAt === undefined ? undefined : chinaDateTime(reportAt),
    reportDoctor: textOrAbsent(report?.reportDoctor?.name),
    auditTime: report?.approvedAt === undefined ? undefined : chinaDateTime(report.approvedAt),
    auditDoctor: textOrAbsent(report?.auditDoctor?.name),
    printTime: reportPrint && chinaDateTime(reportPrint.at),
    printDoctor: textOrAbsent(reportPrint?.by),
  })
}

export function mapGetStudyQr(dossier: ExamDossier): GetStudyQrBody {
  return { ...namesOf(dossier), patientId: dossier.patient.patientId }
}

export function mapStudyDelete(dossier: ExamDossier): StudyDeleteBody {
  return { patientId: dossier.patient.patientId, ...namesOf(dossier), studyUid: studyUidOf(dossier) }
}

export function mapReconcileLog(dossier: ExamDossier, counts: AimisCounts): ReconcileLogBody {
  return withoutAbsent<ReconcileLogBody>({
    ...namesOf(dossier),
    patientName: dossier.patient.name,
    studyUid: studyUidOf(dossier),
    studyDate: wireTimeOf(dossier.studyDateTime),
    ...countFieldsOf(counts),
  })
}

/** reconcilerangelog for a period, epoch milliseconds: what was delivered in it. */
export function mapReconcileRangeLog(
  period: { readonly from: number; readonly to: number },
  exams: readonly { readonly dossier: ExamDossier; readonly counts: AimisCounts }[],
): ReconcileRangeLogBody {
  return {
    startTime: chinaDateTime(period.from),
    endTime: chinaDateTime(period.to),
    studyList: exams.map(({ dossier, counts }) => {
      const { patientName: _, ...log } = mapReconcileLog(dossier, counts)
      return log
    }),
  }
}

/** 检查 ID and AccessNumber: on this station both are the exam's accession number. */
function namesOf({ exam }: ExamDossier): { readonly studyId: string; readonly accessNumber: string } {
  return { studyId: exam.accessionNumber, accessNumber: exam.accessionNumber }
}

function countFieldsOf(counts: AimisCounts) {
  return { imageCnt: counts.images, reportCnt: counts.reports, pdfCnt: counts.pdfs, seriesCnt: counts.series }
}

/** AIMIS has a field of its own for three documents; every other one goes into otherInfo with its Chinese name in front. */
function identityOf(
  identity: Identity | undefined,
  other: string | undefined,
): Pick<StudyAddBody, 'idCardNum' | 'hkAndMarcoPermitNum' | 'passportNum' | 'otherInfo'> {
  const otherInfo = textOrAbsent(other)
  if (!identity) return { otherInfo }
  switch (identity.kind) {
    case 'resident':
      return { idCardNum: identity.number, otherInfo }
    case 'passport':
      return { passportNum: identity.number, otherInfo }
    case 'hong-kong-macau-permit':
      return { hkAndMarcoPermitNum: identity.number, otherInfo }
    default:
      return { otherInfo: [`${documentNames[identity.kind]} ${identity.number}`, otherInfo].filter(Boolean).join('；') }
  }
}

const documentNames = {
  'taiwan-permit': '台湾居民来往大陆通行证',
  'residence-permit': '港澳台居民居住证',
  'foreign-permanent-residence': '外国人永久居留身份证',
  military: '军人证件',
  other: '其他证件',
} as const
