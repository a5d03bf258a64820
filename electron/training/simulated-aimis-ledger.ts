type Body = Readonly<Record<string, unknown>>

/** What AIMIS would hold. `received` counts how often a thing came, also when it was already there. */
export type AimisLedger = {
  readonly studies: Record<string, AimisStudy>
  /** What the internet-hospital calls asked, identity opened as the cloud has it. */
  readonly questions: { readonly call: string; readonly body: Body }[]
  readonly refusals: { readonly call: string; readonly code: number; readonly message: string }[]
}

export type AimisStudy = {
  body: Body
  received: number
  deleted: boolean
  qrAsked: number
  /** By reportNumber. */
  readonly reports: Record<string, { readonly body: Body; received: number }>
  reconciled: { received: number; agreed: boolean | undefined }
}

export const emptyAimisLedger = (): AimisLedger => ({ studies: {}, questions: [], refusals: [] })

export function newStudy(body: Body): AimisStudy {
  return { body, received: 1, deleted: false, qrAsked: 0, reports: {}, reconciled: { received: 0, agreed: undefined } }
}

/** The reportId that the cloud gives the study's report; made from the study's id, so that it stays the same. */
export const reportIdOf = (study: AimisStudy): string => `R-${String(study.body.studyId)}`

/** Studies of the person whom a question names by phone and identity number, and by HIS number or name where it gives them. */
export function studiesOfPerson(ledger: AimisLedger, question: Body): readonly AimisStudy[] {
  const isSame = (study: AimisStudy, asked: string, held: string) =>
    question[asked] === undefined || question[asked] === study.body[held]
  return Object.values(ledger.studies).filter(
    (study) =>
      !study.deleted &&
      study.body.phoneNum === question.phoneNum &&
      study.body.idCardNum === question.idNum &&
      isSame(study, 'hisId', 'hisNum') &&
      isSame(study, 'patientName', 'patientName'),
  )
}
