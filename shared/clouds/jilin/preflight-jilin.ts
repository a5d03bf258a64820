import type { JilinSettings } from '../../models/destination.ts'
import type { ExamDossier } from '../../models/exam-dossier.ts'
import { inBoth } from '../../problems/both-words.ts'
import { studyUidOf } from '../exam-facts.ts'
import { bothLabels } from '../field-labels.ts'
import { beginning, isFilledInLater, type PreflightCode, type PreflightLine, placeOfSource } from '../preflight-line.ts'
import { checkBody, type FieldProblem } from './check-body.ts'
import { maxPdfBytes } from './client.ts'
import type { JilinField } from './field.ts'
import { saveExamPdfFields, uploadDicomFields } from './fields.ts'
import { mapPatientExam, priceFits } from './map-exam.ts'
import { patientExamFields } from './patient-exam-fields.ts'
import { isSm2PublicKey } from './sm2-field.ts'

type JilinPreflightSettings = Pick<JilinSettings, 'narrativeLimit' | 'sm2PublicKey'>

/** What the provincial cloud would say: index, images and report PDF, by the tables that the client checks them with. */
export function preflightJilin(
  dossier: ExamDossier,
  settings: JilinPreflightSettings,
  pdfBytes: number | undefined,
): readonly PreflightLine[] {
  const index = mapPatientExam(dossier)
  const fromIndex = linesOf(patientExamFields, index, settings.narrativeLimit).filter(
    (line) => !isFilledInLater(fieldOf(patientExamFields, line.field).from, line.code, dossier.report),
  )
  const lines = [
    ...(dossier.report ? fromIndex : [noReport, ...fromIndex.filter((line) => !isOfReport(line))]),
    ...linesOfImages(dossier),
    ...linesOf(saveExamPdfFields, pdfBody(dossier)),
  ]
  if (pdfBytes !== undefined && pdfBytes > maxPdfBytes) lines.push(pdfTooLarge(pdfBytes))
  if (index.idCardNo !== undefined && !isSm2PublicKey(settings.sm2PublicKey)) lines.push(badKey)
  if (index.idCardNo === undefined && index.otherNo === undefined) lines.push(noIdentity)
  if (!priceFits(dossier.exam.price)) lines.push(priceLeftOut)
  return [...new Map(lines.map((line) => [`${line.field} ${line.code}`, line])).values()]
}

/** One line a field, however many images there are. */
function linesOfImages(dossier: ExamDossier): readonly PreflightLine[] {
  const { institution, exam, instances } = dossier
  return instances.flatMap((instance) =>
    linesOf(uploadDicomFields, {
      hospitalCode: institution.hospitalCode,
      accessNumber: exam.accessionNumber,
      studyUid: studyUidOf(dossier),
      seriesUid: instance.seriesInstanceUid,
      instanceUid: instance.sopInstanceUid,
      dicomFile: instance.id,
    }),
  )
}

const pdfBody = ({ institution, exam }: ExamDossier) => ({
  hospitalCode: institution.hospitalCode,
  accessNumber: exam.accessionNumber,
  examPdf: 'report',
})

function linesOf(
  fields: readonly JilinField[],
  body: object,
  narrativeLimit: 'warn' | 'block' = 'warn',
): readonly PreflightLine[] {
  const { problems, warnings } = checkBody(fields, body, narrativeLimit)
  return [
    ...problems.map((problem) => lineOf(fields, problem, 'blocks')),
    ...warnings.map((warning) => lineOf(fields, warning, 'warns')),
  ]
}

const codes: Readonly<Record<FieldProblem['kind'], PreflightCode>> = {
  missing: 'MISSING-FIELD',
  'too-long': 'FIELD-TOO-LONG',
  'not-in-list': 'FIELD-FORMAT',
  'not-a-time': 'FIELD-FORMAT',
  'not-a-number': 'FIELD-FORMAT',
  'not-gb18030': 'FIELD-CHARACTERS',
  'not-an-identity-number': 'IDENTITY-NUMBER',
}

function lineOf(fields: readonly JilinField[], problem: FieldProblem, severity: 'blocks' | 'warns'): PreflightLine {
  const { kind, name, label, text, english } = problem
  const field = fieldOf(fields, name)
  const isUid = field.soft === 'uid' && kind === 'too-long'
  const consequence =
    severity === 'warns'
      ? inBoth('将原样上传，平台可能拒收', 'it goes as it is, and the cloud may refuse it')
      : kind === 'missing'
        ? inBoth(
            '省影像云必填，补全前不能上传',
            'the provincial cloud needs it, nothing is uploaded before it is filled in',
          )
        : inBoth(
            '省影像云会拒收，修改前不能上传',
            'the provincial cloud would refuse it, nothing is uploaded before it is changed',
          )
  return {
    severity,
    code: isUid ? 'UID-TOO-LONG' : codes[kind],
    field: name,
    label,
    labelInEnglish: bothLabels(label).english,
    message: `${text}：${consequence.chinese}`,
    messageInEnglish: `${beginning(english)}: ${consequence.english}`,
    place: placeOfSource(field.from),
  }
}

function fieldOf(fields: readonly JilinField[], name: string): JilinField {
  const field = fields.find((known) => known.name === name)
  if (!field) throw new Error(`No field ${name} in its table`)
  return field
}

/** Without a report everything that comes from one is missing: said once. */
const isOfReport = ({ field }: PreflightLine) =>
  patientExamFields.some(({ name, from }) => name === field && from.startsWith('report.'))

const noReport: PreflightLine = {
  severity: 'blocks',
  code: 'REPORT-NONE',
  field: 'imageDescription',
  label: '报告',
  labelInEnglish: 'report',
  message: '还没有报告：省影像云的检查索引要带报告内容，写好报告后才能上传',
  messageInEnglish:
    'No report yet: the provincial cloud takes the exam’s index with its report, so it waits until that is written',
  place: { kind: 'report', field: 'findings' },
}

const noIdentity: PreflightLine = {
  severity: 'recommended',
  code: 'RECOMMENDED-FIELD',
  field: 'idCardNo',
  label: '患者身份证',
  labelInEnglish: 'identity number',
  message: '没有证件号：不填也会上传，但平台上查不到该患者的历史检查',
  messageInEnglish:
    'No identity number: the exam goes without it too, but the cloud cannot find earlier exams of this patient',
  place: { kind: 'patient', field: 'identity' },
}

const priceLeftOut: PreflightLine = {
  severity: 'warns',
  code: 'PRICE-LEFT-OUT',
  field: 'price',
  label: '检查费用',
  labelInEnglish: 'price',
  message: '检查费用超出接口范围（最多 999.99 元、两位小数）：检查照常上传，不带费用',
  messageInEnglish:
    'The price is more than the interface takes (at most 999.99 yuan, two decimals): the exam goes without it',
  place: { kind: 'exam', field: 'price' },
}

const badKey: PreflightLine = {
  severity: 'blocks',
  code: 'JILIN-SM2-KEY',
  field: 'idCardNo',
  label: 'SM2 公钥',
  labelInEnglish: 'SM2 public key',
  message: '设置中的 SM2 公钥不可用，无法加密身份证号：更正前不能上传',
  messageInEnglish:
    'The SM2 public key in the settings cannot be used to encrypt the identity number: nothing is uploaded before it is put right',
  place: { kind: 'settings' },
}

function pdfTooLarge(bytes: number): PreflightLine {
  const megabytes = (bytes / 1024 / 1024).toFixed(2)
  return {
    severity: 'blocks',
    code: 'PDF-TOO-LARGE',
    field: 'examPdf',
    label: 'PDF 报告',
    labelInEnglish: 'PDF report',
    message: `报告 PDF 为 ${megabytes} MB，超过省影像云 2 MB 的上限：请减少报告中的图片`,
    messageInEnglish: `The report’s PDF has ${megabytes} MB, more than the provincial cloud’s 2 MB: put fewer pictures into the report`,
    place: { kind: 'report', field: 'pdf' },
  }
}
