import { studyUidOf } from '../../../shared/clouds/exam-facts.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { KeyPicture } from '../../../shared/models/key-picture.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'
import { chinaDateTime, chinaDay } from '../../../shared/text/china-time.ts'
import { ageInChinese, toldAgeAt } from '../../../shared/text/patient-age.ts'
import { type CheckCardInput, noShift, type Shift } from './check-card-input.ts'
import type { CorrectionLetterInput } from './correction-letter.ts'
import type { QrMatrix } from './qr-code.ts'
import { reportPapersOf } from './report-layout.ts'
import type { ReportLook } from './report-look.ts'
import type { ReportPdfInput } from './report-pdf-input.ts'
import { categoryNames, reportTitle, sexNames } from './report-wording.ts'

const toMinute = (epochMs: number | undefined) => (epochMs === undefined ? '' : chinaDateTime(epochMs).slice(0, 16))

/** Sex, age on the day of the exam and name, as both papers print them. */
function personOf({ patient, exam, studyDateTime }: ExamDossier) {
  const day = studyDateTime.slice(0, 10) || chinaDay(exam.scheduledAt)
  return { name: patient.name, sex: sexNames[patient.sex], age: ageInChinese(toldAgeAt(patient.birthDate, day)) }
}

/** The number by which that kind of visit is known, with its label. */
function visitNumberOf({ exam }: ExamDossier): { readonly label: string; readonly value: string } {
  switch (exam.category) {
    case 'inpatient':
      return { label: '住院号', value: exam.inpatientNumber ?? '' }
    case 'checkup':
      return { label: '体检号', value: exam.checkupNumber ?? '' }
    case 'outpatient':
    case 'emergency':
    case 'other':
      return { label: '门诊号', value: exam.clinicNumber ?? '' }
  }
}

/** What a report's paper shows beside the report itself. */
export type ReportSurroundings = {
  readonly look: ReportLook
  readonly logo: Buffer | undefined
  readonly pictures: readonly KeyPicture[]
  readonly reportSignature: Buffer | undefined
  readonly auditSignature: Buffer | undefined
  readonly filmUrl: string | undefined
  readonly shift: Shift
}

export function reportInputOf(dossier: ExamDossier, report: ReportVersion, around: ReportSurroundings): ReportPdfInput {
  const { patient, exam } = dossier
  const { look } = around
  const { institution, labels } = look
  const person = personOf(dossier)
  const examTime = dossier.studyDateTime
    ? { label: '检查时间', value: dossier.studyDateTime.slice(0, 16) }
    : { label: '登记时间', value: toMinute(exam.registeredAt) }
  return {
    papers: reportPapersOf(look.paper),
    institution,
    letterhead: { ...look.paper.letterhead, name: look.paper.letterhead.name || institution.name, logo: around.logo },
    pictures: around.pictures,
    imagesPerRow: look.paper.imagesPerRow,
    shift: around.shift,
    title: reportTitle(exam.modality),
    patient: person,
    accessionNumber: exam.accessionNumber,
    fields: [
      { label: '姓名', value: person.name },
      { label: '性别', value: person.sex },
      { label: '年龄', value: person.age },
      { label: '检查号', value: exam.accessionNumber },
      { label: '患者编号', value: patient.patientId },
      { label: '就诊类别', value: categoryNames[exam.category] },
      visitNumberOf(dossier),
      { label: '床号', value: exam.bed ?? '' },
      { label: '申请科室', value: exam.applyDepartment?.name ?? '' },
      { label: '申请医生', value: exam.applyDoctor?.name ?? '' },
      { label: '检查项目', value: exam.itemName },
      { label: '检查部位', value: exam.bodyPart },
      examTime,
      { label: '检查设备', value: exam.equipment ?? '' },
      { label: '临床诊断', value: exam.clinicalDiagnosis ?? '', wide: true },
    ],
    findings: { label: labels.findings, text: report.findings },
    impression: { label: labels.impression, text: report.impression },
    advice: report.advice ? { label: '建议', text: report.advice } : undefined,
    result: report.positive === 'undetermined' ? undefined : report.positive,
    critical: report.critical,
    reportDoctor: {
      label: '报告医生',
      name: report.reportDoctor?.name ?? '',
      timeLabel: '报告时间',
      time: toMinute(report.submittedAt ?? report.writtenAt),
      picture: around.reportSignature,
    },
    auditDoctor: {
      label: '审核医生',
      name: report.auditDoctor?.name ?? '',
      timeLabel: '审核时间',
      time: toMinute(report.approvedAt),
      picture: around.auditSignature,
    },
    amendment:
      report.version > 1
        ? { version: report.version, replaces: `第 ${report.version - 1} 版`, reason: report.amendReason }
        : undefined,
    released: report.state === 'released',
    filmUrl: around.filmUrl,
    createdAt: report.releasedAt ?? report.writtenAt,
  }
}

export function cardInputOf(dossier: ExamDossier, qr: QrMatrix | undefined): CheckCardInput {
  const { institution, exam } = dossier
  return {
    institution,
    patient: personOf(dossier),
    accessionNumber: exam.accessionNumber,
    item: exam.itemName,
    bodyPart: exam.bodyPart,
    time: toMinute(exam.scheduledAt),
    qr,
    createdAt: exam.registeredAt,
  }
}

/** What staff say in a correction letter, and what the platform answered when the exam went there. */
export type CorrectionWishes = {
  readonly platform: string
  readonly cloudExamId: string
  readonly deliveredAt: number
  readonly reason: string
  readonly request: string
  readonly writtenBy: string
  readonly writtenAt: number
}

export function letterInputOf(
  dossier: ExamDossier,
  wishes: CorrectionWishes,
  shift: Shift = noShift,
): CorrectionLetterInput {
  const { institution, exam, patient } = dossier
  const person = personOf(dossier)
  return {
    institution,
    platform: wishes.platform,
    fields: [
      { label: '机构编码', value: institution.hospitalCode },
      { label: '检查编号', value: exam.accessionNumber },
      { label: '平台检查号', value: wishes.cloudExamId },
      { label: '患者姓名', value: person.name },
      { label: '性别', value: person.sex },
      { label: '患者编号', value: patient.patientId },
      { label: '检查项目', value: exam.itemName },
      { label: '上传时间', value: toMinute(wishes.deliveredAt) },
      { label: '检查UID', value: studyUidOf(dossier), wide: true },
    ],
    reason: wishes.reason,
    request: wishes.request,
    writtenBy: wishes.writtenBy,
    day: chinaDay(wishes.writtenAt),
    createdAt: wishes.writtenAt,
    shift,
  }
}
