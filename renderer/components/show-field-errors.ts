import type { FormInstance } from 'antd'
import type { StationError } from '../api/station-error.ts'

/** 'patient.birthDate' and 'patient/birthDate' both name the field ['patient', 'birthDate']. */
export function fieldPath(name: string): (string | number)[] {
  return name
    .split(/[./]/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** What the contract itself refuses: the words at the field say how it has to be. */
const ofContract = 'BAD-REQUEST'

/**
 * Puts the station's words at the fields that the form has; `place`: the form's name of the station's field. Answers whether that says
 * all: every one found its place, and there is no code with something to do that has to be told as well.
 */
export function showFieldErrors<Values>(
  form: FormInstance<Values>,
  error: StationError,
  place: (name: string) => string = (name) => name,
): boolean {
  const told = Object.entries(error.fields)
  const known = told.flatMap(([name, words]) => {
    const path = knownPath(form, fieldPath(place(name)))
    return path ? [{ path, words }] : []
  })
  form.setFields(known.map(({ path, words }) => ({ name: path as never, errors: [words] })))
  const first = known[0]
  if (first) form.scrollToField(first.path as never, { block: 'center', focus: true })
  return error.code === ofContract && told.length > 0 && known.length === told.length
}

/** The field of this path, or the one that holds it: the third of several words belongs to the field of the words. */
function knownPath<Values>(form: FormInstance<Values>, path: readonly (string | number)[]) {
  const fields = new Set(form.getFieldsError().map(({ name }) => JSON.stringify(name)))
  for (let length = path.length; length > 0; length--) {
    const held = path.slice(0, length)
    if (fields.has(JSON.stringify(held))) return held
  }
  return undefined
}
