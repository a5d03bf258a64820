import type { FormInstance } from 'antd'
import type { StationError } from '../api/station-error.ts'
import type { Language } from '../text/both.ts'

/** 'patient.birthDate' and 'patient/birthDate' both name the field ['patient', 'birthDate']. */
export function fieldPath(name: string): (string | number)[] {
  return name
    .split(/[./]/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** What is wrong with each field, in the desk's language as far as the station said it in that. */
export function fieldWords(error: StationError, language: Language): Readonly<Record<string, string>> {
  return language === 'en' ? { ...error.fields, ...error.fieldsInEnglish } : error.fields
}

/**
 * Puts the station's words at the fields that the form has; `place`: the form's name of the station's field. The code and what to do are
 * told beside them (`useFieldErrors`, or the page's own alert).
 */
export function showFieldErrors<Values>(
  form: FormInstance<Values>,
  error: StationError,
  language: Language,
  place: (name: string) => string = (name) => name,
): void {
  const known = Object.entries(fieldWords(error, language)).flatMap(([name, words]) => {
    const path = knownPath(form, fieldPath(place(name)))
    return path ? [{ path, words }] : []
  })
  form.setFields(known.map(({ path, words }) => ({ name: path as never, errors: [words] })))
  const first = known[0]
  if (first) form.scrollToField(first.path as never, { block: 'center', focus: true })
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
