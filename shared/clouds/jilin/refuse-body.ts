import { inBoth, listed, statements } from '../../problems/both-words.ts'
import type { CloudFailure } from '../cloud-outcome.ts'
import { bothLabels } from '../field-labels.ts'
import { checkBody } from './check-body.ts'
import type { JilinField } from './field.ts'

/** Nothing is sent while a field is missing, over-long or outside its code list; the reason names the fields, never their values. */
export function refuseBody(
  fields: readonly JilinField[],
  body: object,
  narrativeLimit: 'warn' | 'block' = 'warn',
): CloudFailure | undefined {
  const { problems } = checkBody(fields, body, narrativeLimit)
  if (problems.length === 0) return undefined
  const missing = problems.every((p) => p.kind === 'missing')
  const wrong = statements(problems.map(({ text, english }) => inBoth(text, english)))
  const labels = listed(problems.map((p) => bothLabels(p.label)))
  const reason = {
    code: missing ? 'MISSING-FIELD' : 'FIELD-LIMIT',
    message: `省影像云要求的资料有误：${wrong.chinese}，未发送`,
    action: `请修改${labels.chinese}，再点“重试”`,
    english: `The provincial cloud cannot take these details: ${wrong.english}; nothing was sent`,
    englishAction: `Correct: ${labels.english}; then press “Retry”`,
  }
  return { kind: 'fix-exam', reason }
}
