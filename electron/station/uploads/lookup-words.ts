import { assertNever } from '../../../shared/assert-never.ts'
import type { CloudFailure, CloudReason } from '../../../shared/clouds/cloud-outcome.ts'
import { type BothWords, filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome } from '../../../shared/problems/problem.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'

/**
 * Why a question got no answer, for the person who waits for it. The reasons of the clouds speak of deliveries, which try again by
 * themselves; a question does not, so what to do now is said anew. The code stays.
 */
export function wordsOfFailedQuestion(failure: CloudFailure): CloudReason {
  const { reason } = failure
  const toDo = (now: BothWords): CloudReason => ({ ...reason, action: now.chinese, englishAction: now.english })
  switch (failure.kind) {
    case 'retry':
      return toDo(askLater)
    case 'wait-until': {
      const until = chinaDateTime(failure.until)
      return toDo(inBoth(`请在 ${until} 以后再查`, `Ask again after ${until}`))
    }
    case 'fix-exam': {
      const { action, englishAction } = reason
      return toDo(
        inBoth(
          action.replace('再点“重试”', '然后再查一次'),
          englishAction.replace('then press “Retry”', 'then ask again'),
        ),
      )
    }
    case 'fix-settings':
      return reason
    case 'unknown':
      return toDo(tellTheCode)
    default:
      return assertNever(failure)
  }
}

const askLater = inBoth(
  '请稍后再查；若持续出现请检查网络或联系平台',
  'Ask again later; if it keeps failing, check the network or contact the platform',
)
const tellTheCode = inBoth(
  '请稍后再查；若持续出现，请把状态码告诉平台',
  'Ask again later; if it keeps failing, tell the platform the status code',
)

/** One cloud was silent for so long that the others' answers are shown without it. */
export const tooSlow: CloudReason = {
  code: 'LOOKUP-SLOW',
  message: '对方长时间没有应答',
  action: askLater.chinese,
  english: 'The other side did not answer for a long time',
  englishAction: askLater.english,
}

export const unexpected: CloudReason = {
  code: 'LOOKUP-UNEXPECTED',
  message: '查询时程序遇到意外，没有得到结果',
  action: '请再查一次；若反复出现请联系支持',
  english: 'The program met something unexpected while asking, and there is no answer',
  englishAction: 'Ask again; if it keeps happening, contact support',
}

export const notThere: CloudReason = {
  code: 'LOOKUP-DESTINATION',
  message: '该目的地不存在、已停用，或没有这种查询',
  action: '请刷新后再查；如需启用请管理员查看“设置”中对应的云',
  english: 'This destination does not exist, is disabled, or does not answer such questions',
  englishAction:
    'Refresh and ask again; if it should be enabled, ask an administrator to look at that cloud in Settings',
}

/** The same as a problem of the API: its words, with its code to quote. In English it is a sentence, as all problems are. */
export function failedQuestion({ code, message, action, english, englishAction }: CloudReason): Outcome<never> {
  return fail('LOOKUP-FAILED', {
    ...filling('message', inBoth(`${message}（${code}）`, `${english} (${code}).`)),
    ...filling('action', inBoth(action, `${englishAction}.`)),
  })
}
