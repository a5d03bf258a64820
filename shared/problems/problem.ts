import { problems } from './catalogue.ts'
import type { ProblemEntry } from './problem-entry.ts'
import { thingsInEnglish } from './things-in-english.ts'

/** One thing that did not work, for a person: the code, and what its words are filled with. Never a secret or an identity number. */
export type Problem = {
  readonly code: ProblemCode
  readonly with?: Readonly<Record<string, string | number>>
  /** For a form: field path → words. */
  readonly fields?: Readonly<Record<string, string>>
  /** The same paths with their words in English. */
  readonly fieldsInEnglish?: Readonly<Record<string, string>>
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const fail = (code: ProblemCode, words?: Problem['with'], fields?: Problem['fields']): Outcome<never> => ({
  ok: false,
  problem: { code, ...(words && { with: words }), ...(fields && { fields }) },
})

/** A failure of one field of a form, which says there what is wrong. `field`: its path, 'backup.folder'. */
export function failAt(field: string, code: ProblemCode, words?: Problem['with']): Outcome<never> {
  const problem: Problem = { code, ...(words && { with: words }) }
  const { message, english } = describeProblem(problem)
  return { ok: false, problem: { ...problem, fields: { [field]: message }, fieldsInEnglish: { [field]: english } } }
}

export type ProblemCode = keyof typeof problems

/** The words of a problem, filled in: `{detail}`, in English with `detailInEnglish` where there is one. */
export function describeProblem(problem: Problem): {
  code: string
  message: string
  action: string
  english: string
  englishAction: string
  status: number
} {
  const entry: ProblemEntry = problems[problem.code]
  const plain = (name: string) => problem.with?.[name]
  const inEnglish = (name: string) => {
    const word = plain(name)
    return (
      plain(`${name}InEnglish`) ??
      (name === 'what' && Object.hasOwn(thingsInEnglish, `${word}`) ? thingsInEnglish[`${word}`] : word)
    )
  }
  const fill = (text: string, filled: (name: string) => string | number | undefined) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String(filled(name) ?? whole))
  return {
    code: problem.code,
    message: fill(entry.message, plain),
    action: fill(entry.action, plain),
    english: fill(entry.english, inEnglish),
    englishAction: fill(entry.englishAction, inEnglish),
    status: entry.status,
  }
}

/** An expected failure that has to cross code which cannot return it (a transaction that must roll back). */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.code}: ${describeProblem(problem).english}`)
    this.problem = problem
  }
}
