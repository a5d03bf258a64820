import { type ProblemEntry, problems } from './catalogue.ts'

/** One thing that did not work, for a person: the code, and what its words are filled with. Never a secret or an identity number. */
export type Problem = {
  readonly code: ProblemCode
  readonly with?: Readonly<Record<string, string | number>>
  /** For a form: field path → words. */
  readonly fields?: Readonly<Record<string, string>>
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const fail = (code: ProblemCode, words?: Problem['with'], fields?: Problem['fields']): Outcome<never> => ({
  ok: false,
  problem: { code, ...(words && { with: words }), ...(fields && { fields }) },
})

/** A failure of one field of a form, which says there what is wrong. `field`: its path, 'backup.folder'. */
export function failAt(field: string, code: ProblemCode, words?: Problem['with']): Outcome<never> {
  return fail(code, words, { [field]: describeProblem({ code, ...(words && { with: words }) }).message })
}

export type ProblemCode = keyof typeof problems

/** The words of a problem, filled in. */
export function describeProblem(problem: Problem): {
  code: string
  message: string
  action: string
  english: string
  status: number
} {
  const entry: ProblemEntry = problems[problem.code]
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String(problem.with?.[name] ?? whole))
  return {
    code: problem.code,
    message: fill(entry.message),
    action: fill(entry.action),
    english: fill(entry.english),
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
