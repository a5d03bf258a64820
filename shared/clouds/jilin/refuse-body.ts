import type { CloudFailure } from '../cloud-outcome.ts'
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
  const message = `省影像云要求的资料有误：${problems.map((p) => p.text).join('；')}，未发送`
  const action = `请修改${problems.map((p) => p.label).join('、')}，再点“重新发送”`
  return { kind: 'fix-exam', reason: { code: missing ? 'MISSING-FIELD' : 'FIELD-LIMIT', message, action } }
}
