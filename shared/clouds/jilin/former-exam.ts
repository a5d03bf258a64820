import type { JsonObject } from '../read-answer.ts'

/** One exam found by queryFormerlyExam; '' where the platform says nothing. The tables' names and the example's are both read. */
export type FormerExam = {
  readonly examId: string
  readonly hospitalCode: string
  readonly hospitalName: string
  readonly patientId: string
  readonly patientName: string
  readonly accessNumber: string
  readonly studyUid: string
  readonly modality: string
  readonly checkPart: string
  readonly imageDescription: string
  readonly conclusion: string
  readonly positive: string
  readonly reportDocName: string
  readonly auditDocName: string
  readonly checkTime: string
  readonly reportDateTime: string
  readonly auditDateTime: string
  readonly imageViewPaths: readonly string[]
  readonly standardProjects: readonly { readonly code: string; readonly name: string }[]
}

export function readFormerExams(datas: unknown): readonly FormerExam[] {
  return Array.isArray(datas) ? datas.filter(isObject).map(readFormerExam) : []
}

function readFormerExam(row: JsonObject): FormerExam {
  const text = (...names: readonly string[]): string => {
    const value = names.map((name) => row[name]).find((v) => v !== undefined && v !== null && v !== '')
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  }
  const paths = [row.imageViewPaths, row.imageViewPath].flat().filter((p) => typeof p === 'string' && p !== '')
  const standards = Array.isArray(row.standardProjectList) ? row.standardProjectList.filter(isObject) : []
  return {
    examId: text('examId'),
    hospitalCode: text('hospitalCode'),
    hospitalName: text('HospitalName', 'hospitalName', 'orgName'),
    patientId: text('patientId'),
    patientName: text('patientName'),
    accessNumber: text('accessNumber'),
    studyUid: text('studyUid', 'studyUID'),
    modality: text('modality'),
    checkPart: text('checkPart'),
    imageDescription: text('imageDescription'),
    conclusion: text('conclusion'),
    positive: text('positive'),
    reportDocName: text('reportDocName'),
    auditDocName: text('auditDocName'),
    checkTime: text('checkTime'),
    reportDateTime: text('reportDateTime', 'reportDatetime'),
    auditDateTime: text('auditDateTime', 'auditDatetime'),
    imageViewPaths: paths as readonly string[],
    standardProjects: standards.map((s) => ({
      code: String(s.standardProjectCode ?? '').trim(),
      name: String(s.standardProjectName ?? '').trim(),
    })),
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null
