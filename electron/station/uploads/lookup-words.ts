import { assertNever } from '../../../shared/assert-never.ts'
import type { CloudFailure, CloudReason } from '../../../shared/clouds/cloud-outcome.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome } from '../../../shared/problems/problem.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'

/**
 * Why a question got no answer, for the person who waits for it. The reasons of the clouds speak of deliveries, which try again by
 * themselves; a question does not, so what to do now is said anew. The code stays.
 */
export function wordsOfFailedQuestion(failure: CloudFailure): CloudReason {
  const { code, message, action } = failure.reason
  switch (failure.kind) {
    case 'retry':
      return { code, message, action: '请稍后再查；若持续出现请检查网络或联系平台' }
    case 'wait-until':
      return { code, message, action: `请在 ${chinaDateTime(failure.until)} 以后再查` }
    case 'fix-exam':
      return { code, message, action: action.replace('再点“重新发送”', '然后再查一次') }
    case 'fix-settings':
      return { code, message, action }
    case 'unknown':
      return { code, message, action: '请稍后再查；若持续出现，请把状态码告诉平台' }
    default:
      return assertNever(failure)
  }
}

/** One cloud was silent for so long that the others' answers are shown without it. */
export const tooSlow: CloudReason = {
  code: 'LOOKUP-SLOW',
  message: '对方长时间没有应答',
  action: '请稍后再查；若持续出现请检查网络或联系平台',
}

export const unexpected: CloudReason = {
  code: 'LOOKUP-UNEXPECTED',
  message: '查询时程序遇到意外，没有得到结果',
  action: '请再查一次；若反复出现请联系支持',
}

export const notThere: CloudReason = {
  code: 'LOOKUP-DESTINATION',
  message: '该目的地不存在、已停用，或没有这种查询',
  action: '请刷新后再查；如需启用请管理员查看“设置 - 目的地”',
}

/** The clouds give their reasons in Chinese only. */
const actionInEnglish =
  'Try again later; if it stays so, check the registration, the network and “Settings - Destinations”, or tell the code to the platform.'

/** The same as a problem of the API: its words, with its code to quote. */
export function failedQuestion({ code, message, action }: CloudReason): Outcome<never> {
  return fail('LOOKUP-FAILED', {
    ...filling('message', inBoth(`${message}（${code}）`, `The cloud did not answer the question (${code}).`)),
    ...filling('action', inBoth(action, actionInEnglish)),
  })
}
