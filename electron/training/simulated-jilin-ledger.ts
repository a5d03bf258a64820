export type JilinBodyHeld = Readonly<Record<string, unknown>>

/** What the provincial cloud would hold. `received` counts how often a thing came. Identity numbers are kept opened, as the cloud has them. */
export type JilinLedger = {
  /** By hospitalCode and accessNumber, joined with '/'. */
  readonly exams: Record<string, JilinExam>
  /** By hospitalCode and projectItemCode, joined with '/'. */
  readonly projects: Record<string, { body: JilinBodyHeld; received: number }>
  readonly reminders: JilinBodyHeld[]
  readonly recognitions: JilinBodyHeld[]
  readonly refusals: { readonly call: string; readonly code: number; readonly message: string }[]
  /** When tokens were granted, epoch milliseconds. */
  grants: readonly number[]
}

export type JilinExam = {
  readonly examId: string
  /** The newest index. */
  body: JilinBodyHeld
  received: number
  pdf: { readonly bytes: number; readonly sha256: string; received: number } | undefined
  /** By instanceUid. */
  readonly images: Record<string, JilinImage>
}

export type JilinImage = {
  readonly studyUid: string
  readonly seriesUid: string
  readonly transferSyntaxUid: string
  readonly bytes: number
  /** SHA-256 of the whole file as uploaded. */
  readonly sha256: string
  received: number
}

export const emptyJilinLedger = (): JilinLedger => ({
  exams: {},
  projects: {},
  reminders: [],
  recognitions: [],
  refusals: [],
  grants: [],
})

export function examById(ledger: JilinLedger, examId: unknown): JilinExam | undefined {
  return Object.values(ledger.exams).find((exam) => exam.examId === examId)
}

/** queryFormerlyExam: the same person, within the asked time or the last seven days. Times compare as text: they share one format. */
export function findFormerExams(
  ledger: JilinLedger,
  question: {
    readonly idCardNo: string
    readonly patientName: unknown
    readonly from: string
    readonly to: string
    readonly examProjectCode: string | undefined
  },
): readonly JilinBodyHeld[] {
  return Object.values(ledger.exams)
    .filter(({ body }) => body.idCardNo === question.idCardNo && body.patientName === question.patientName)
    .filter(({ body }) => String(body.checkTime) >= question.from && String(body.checkTime) <= question.to)
    .filter(({ body }) => question.examProjectCode === undefined || body.examProjectCode === question.examProjectCode)
    .map(({ examId, body }) => {
      const { idCardNo: _, phoneNumber: __, ...shown } = body
      const standardProjectList =
        ledger.projects[`${body.hospitalCode}/${body.examProjectCode}`]?.body.standardProjectList
      return { ...shown, examId, HospitalName: '', imageViewPath: '', standardProjectList: standardProjectList ?? [] }
    })
}
