import { type CloudFailure, type CloudOutcome, type CloudReason, done } from '../../../shared/clouds/cloud-outcome.ts'
import type { HttpResult } from '../../../shared/clouds/http-transport.ts'
import { failureOfStatus, readAnswer } from '../../../shared/clouds/read-answer.ts'
import { outcomeOfStoreStatus } from './c-store-outcome.ts'
import { readStowAnswer, type StowAnswer } from './stow-answer.ts'
import { notAcceptedReason } from './upload-reasons.ts'

/** What came of one store transaction: an answer about its instances, or why there was none. */
export type StowResult =
  | { readonly kind: 'answered'; readonly status: number; readonly answer: StowAnswer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'failed'; readonly failure: CloudFailure }

/** PS3.18 10.5.3.1: all stored, stored in part, or none; some servers say 400 where they mean 409. */
const answering = new Set([200, 202, 400, 409])

export function readStowResult(result: HttpResult): StowResult {
  if (result.kind === 'failed') return failed(readAnswer(result))
  const { status } = result
  if (status === 413) return { kind: 'too-large' }
  if (status === 404 || status === 405) return { kind: 'failed', failure: wrongAddress(status) }
  if (status === 415) return { kind: 'failed', failure: { kind: 'fix-exam', reason: notAcceptedReason(true) } }
  if (status === 401 || status === 403) return { kind: 'failed', failure: notLetIn(status) }
  if (!answering.has(status)) return failed(readAnswer({ ...result, body: Buffer.alloc(0) }), status)
  const isPage = /^text\/html\b/i.test(result.contentType)
  const answer = isPage ? undefined : readStowAnswer(result.body.toString('utf8'))
  if (answer) return { kind: 'answered', status, answer }
  // A page of the network, or an answer that is cut: never a success.
  return failed(readAnswer(result), status)
}

function failed(answer: ReturnType<typeof readAnswer>, status = 0): StowResult {
  return { kind: 'failed', failure: answer.kind === 'failure' ? answer.failure : failureOfStatus(status) }
}

/** One instance: FailureReason (PS3.18 table I.2-2) has the values of C-STORE's status. */
export function outcomeOfStoredInstance(
  uid: string,
  { status, answer }: Extract<StowResult, { kind: 'answered' }>,
  compressed: boolean,
): CloudOutcome<undefined> {
  const reason = answer.failed.get(uid)
  if (reason === transferSyntaxNotSupported || reason === sopClassNotSupported)
    return { kind: 'fix-exam', reason: notAcceptedReason(compressed && reason === transferSyntaxNotSupported) }
  if (reason !== undefined) return outcomeOfStoreStatus(reason === 0 ? processingFailure : reason, '', undefined)
  if (answer.stored.has(uid)) {
    const warning = answer.stored.get(uid)
    return warning === undefined ? done(undefined) : outcomeOfStoreStatus(warning, '', undefined)
  }
  // 200 is 'all were stored', also from a server that lists nothing.
  if (status === 200) return done(undefined)
  return { kind: 'unknown', reason: status === 202 ? notNamed : refusedAll(status) }
}

const transferSyntaxNotSupported = 0xc122
const sopClassNotSupported = 0x0122
const processingFailure = 0x0110

const wrongAddress = (status: number): CloudFailure => ({
  kind: 'fix-settings',
  reason: {
    code: `STOW-HTTP-${status}`,
    message: `对方没有 DICOMweb 存储服务（HTTP ${status}）`,
    action: '请在设置中核对 DICOMweb 地址（通常以 /dicom-web 或 /rs 结尾）并保存，之后会自动继续发送',
    english: `There is no DICOMweb store service at this address (HTTP ${status})`,
    englishAction:
      'Check the DICOMweb address in Settings (most end in /dicom-web or /rs) and save it; sending then resumes',
  },
})

const notLetIn = (status: number): CloudFailure => ({
  kind: 'fix-settings',
  reason: {
    code: `STOW-HTTP-${status}`,
    message: `对方不接受本机的用户名和密码（HTTP ${status}）`,
    action: '请在设置中核对 DICOMweb 的用户名和密码，或联系对方系统的管理员',
    english: `The other side does not accept the user name and password of this station (HTTP ${status})`,
    englishAction:
      'Check the DICOMweb user name and password in Settings, or contact the administrator of the other system',
  },
})

const aFewMore = 'Yingzhan tries a few more times; if it keeps failing, contact the administrator of the other system'

const notNamed: CloudReason = {
  code: 'STOW-202',
  message: '接收方只保存了部分影像，没有说明这一幅是否已保存',
  action: '影站会再试几次；若持续出现，请联系对方系统的管理员',
  english: 'The other side stored only some of the images and did not say whether this is one of them',
  englishAction: aFewMore,
}

const refusedAll = (status: number): CloudReason => ({
  code: `STOW-${status}`,
  message: `接收方拒绝了这幅影像，没有说明原因（HTTP ${status}）`,
  action: '影站会再试几次；若持续出现，请联系对方系统的管理员',
  english: `The other side refused this image and gave no cause (HTTP ${status})`,
  englishAction: aFewMore,
})
