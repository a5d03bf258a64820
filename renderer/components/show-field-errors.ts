import type { FormInstance } from 'antd'
import type { StationError } from '../api/station-error.ts'

/** 'patient.birthDate' and 'patient/birthDate' both name the field ['patient', 'birthDate']. */
export function fieldPath(name: string): (string | number)[] {
  return name
    .split(/[./]/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Puts the station's words at the fields that the form has. Answers whether every one found its place. */
export function showFieldErrors<Values>(
  form: FormInstance<Values>,
  error: StationError,
  prefix: readonly string[] = [],
): boolean {
  const paths = Object.entries(error.fields).map(([name, words]) => ({ path: [...prefix, ...fieldPath(name)], words }))
  const known = paths.filter(({ path }) => form.getFieldInstance(path as never) !== undefined)
  form.setFields(known.map(({ path, words }) => ({ name: path as never, errors: [words] })))
  const first = known[0]
  if (first) form.scrollToField(first.path as never, { block: 'center', focus: true })
  return paths.length > 0 && known.length === paths.length
}
