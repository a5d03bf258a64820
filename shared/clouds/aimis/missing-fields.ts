import type { AimisField } from './fields.ts'

export type MissingField = { readonly name: string; readonly label: string }

export type MissingFields = {
  /** Class A: nothing is sent until they are there. */
  readonly required: readonly MissingField[]
  /** Class B: sent without them, listed on the exam as recommended. */
  readonly recommended: readonly MissingField[]
}

/** One of these says who the patient is; where one is given, nobody is asked for the others. */
const identityFields: readonly string[] = ['idCardNum', 'hkAndMarcoPermitNum', 'passportNum', 'otherInfo']

/** Which class A and class B fields a body lacks. An empty text counts as missing. */
export function missingFields(fields: readonly AimisField[], body: object): MissingFields {
  const values: Readonly<Record<string, unknown>> = { ...body }
  const isMissing = (name: string) => values[name] === undefined || values[name] === null || values[name] === ''
  const identified = identityFields.some((name) => !isMissing(name))
  const required: MissingField[] = []
  const recommended: MissingField[] = []
  for (const { name, label, class: necessity, notKept } of fields) {
    if (!isMissing(name)) continue
    if (necessity === 'A') required.push({ name, label })
    else if (necessity === 'C' || notKept) continue
    else if (!identityFields.includes(name)) recommended.push({ name, label })
    else if (name === 'idCardNum' && !identified) recommended.push({ name, label: '身份证号（或其他证件号）' })
  }
  return { required, recommended }
}
