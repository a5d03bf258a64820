import { type BothWords, inBoth } from '../../problems/both-words.ts'
import { type CloudFailure, type CloudOutcome, done } from '../cloud-outcome.ts'
import { httpAddress } from '../http-address.ts'
import type { JsonObject } from '../read-answer.ts'

/** One entry of patientStudies, 检查数据格式; '' where AIMIS says nothing. Addresses are http or https, anything else is ''. */
export type AimisStudy = {
  readonly hisId: string
  readonly reportId: string
  /** 0 放射, 1 眼科, 2 病理, 3 内镜, 4 心电, 5 超声. */
  readonly studyType: number | undefined
  readonly studyDate: string
  readonly studyId: string
  readonly bodyPart: string
  readonly studyName: string
  readonly applyDoctor: string
  readonly applyDoctorId: string
  readonly applyDept: string
  readonly applyDeptId: string
  readonly uniAppId: string
  readonly uniPath: string
  /** The report's page. */
  readonly h5Url: string
  /** The images' page. */
  readonly h5DetailUrl: string
}

export type ConsultationsPage = { readonly h5Url: string }
export type ReportPages = { readonly h5Url: string; readonly h5DetailUrl: string; readonly studyId: string }

/** `data` of patientStudies: a list. No list at all is an empty one: some servers write an empty list as null. */
export function readStudies(answer: JsonObject): CloudOutcome<readonly AimisStudy[]> {
  const { data } = answer
  if (data === undefined || data === null) return done([])
  if (!Array.isArray(data)) return unreadable(inBoth('检查列表', 'a list of exams'))
  return done(data.filter(isObject).map(readStudy))
}

/** `data` of patientConsultations. */
export function readConsultationsPage(answer: JsonObject): CloudOutcome<ConsultationsPage> {
  const h5Url = isObject(answer.data) ? httpAddress(answer.data.h5Url) : ''
  return h5Url === '' ? unreadable(inBoth('会诊记录地址', 'the address of the consultations')) : done({ h5Url })
}

/** `data` of patientReportUrl. One of the two addresses is enough: a study may have a report and no images, or the other way round. */
export function readReportPages(answer: JsonObject): CloudOutcome<ReportPages> {
  if (!isObject(answer.data)) return unreadable(reportAddress)
  const pages = {
    h5Url: httpAddress(answer.data.h5Url),
    h5DetailUrl: httpAddress(answer.data.h5DetailUrl),
    studyId: textIn(answer.data, 'studyId'),
  }
  return pages.h5Url === '' && pages.h5DetailUrl === '' ? unreadable(reportAddress) : done(pages)
}

const reportAddress = inBoth('报告地址', 'the address of the report')

function readStudy(row: JsonObject): AimisStudy {
  const text = (name: string) => textIn(row, name)
  return {
    hisId: text('hisId'),
    reportId: text('reportId'),
    studyType: typeof row.studyType === 'number' ? row.studyType : undefined,
    studyDate: text('studyDate'),
    studyId: text('studyId'),
    bodyPart: text('bodyPart'),
    studyName: text('studyName'),
    applyDoctor: text('applyDoctor'),
    applyDoctorId: text('applyDoctorId'),
    applyDept: text('applyDept'),
    applyDeptId: text('applyDeptId'),
    uniAppId: text('uniAppId'),
    uniPath: text('uniPath'),
    h5Url: httpAddress(row.h5Url),
    h5DetailUrl: httpAddress(row.h5DetailUrl),
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textIn(row: JsonObject, name: string): string {
  const value = row[name]
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
}

function unreadable(what: BothWords): CloudFailure {
  return {
    kind: 'unknown',
    reason: {
      code: 'AIMIS-NO-DATA',
      message: `腾讯影像云说成功，却没有给出${what.chinese}`,
      action: '请稍后再查；若持续出现请联系平台',
      english: `Tencent AIMIS reports success, but did not give ${what.english}`,
      englishAction: 'Ask again later; if it keeps failing, contact the platform',
    },
  }
}
