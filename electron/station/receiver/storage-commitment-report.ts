import {
  type AssociationFailure,
  type AssociationTimeouts,
  associationTimeouts,
  openAssociation,
} from '../../../shared/dicom/dicom-association.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { encodeEventReportRq } from '../../../shared/dicom/dimse-command.ts'
import { storageCommitmentClass, storageCommitmentInstance } from '../../../shared/dicom/sop-class.ts'
import {
  dataSetEncodingOf,
  explicitVrLittleEndian,
  implicitVrLittleEndian,
} from '../../../shared/dicom/transfer-syntax.ts'
import type { DicomPeer } from '../../../shared/models/destination.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import type { OpenAssociation } from './association.ts'
import { type CommitmentResult, eventTypeOf, writeCommitmentResult } from './storage-commitment-data-set.ts'

/** Undefined: the device took the report. Otherwise why not, in words for staff. */
export type ReportProblem = BothWords | undefined

const reportTimeouts: AssociationTimeouts = { ...associationTimeouts, responseMs: 30_000 }

/** N-EVENT-REPORT on an association of our own, on which we are the SCP (PS3.4 J.3.3). */
export async function callDevice(
  peer: DicomPeer,
  callingAeTitle: string,
  result: CommitmentResult,
  signal: AbortSignal,
): Promise<ReportProblem> {
  const contexts = [
    {
      id: 1,
      abstractSyntax: storageCommitmentClass,
      transferSyntaxes: [explicitVrLittleEndian, implicitVrLittleEndian],
      weProvide: true,
    },
  ]
  const opened = await openAssociation(peer, callingAeTitle, contexts, reportTimeouts)
  if (opened.kind !== 'open') {
    const why = failureWords(opened)
    return inBoth(`${peer.host}:${peer.port} ${why.chinese}`, `${peer.host}:${peer.port} ${why.english}`)
  }
  const { association } = opened
  const abort = () => association.abort()
  signal.addEventListener('abort', abort)
  try {
    const [context] = association.accepted.contexts
    if (!context || signal.aborted) {
      await association.release()
      return context ? inBoth('影站停止了', 'the station was stopped') : takesNone
    }
    // Many devices leave the roles unanswered and take the report all the same: only a plain no is one.
    const role = association.accepted.roles.find(({ sopClassUid }) => sopClassUid === storageCommitmentClass)
    if (role?.scp === false) {
      await association.release()
      return inBoth(
        '设备不让影站发送存储确认报告（没有接受 SCP 角色）',
        'the device does not let the station send reports (it did not accept the role SCP)',
      )
    }
    const { explicitVr } = dataSetEncodingOf(context.transferSyntax)
    const answered = await association.request({
      contextId: context.id,
      messageId: 1,
      command: reportCommand(1, result),
      dataSet: piecesOf(writeCommitmentResult(result, explicitVr)),
    })
    if (answered.kind !== 'answered') return brokeOff
    await association.release()
    return statusWords(answered.answer.status)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** N-EVENT-REPORT on an association that the device opened. */
export async function tellOnAssociation(open: OpenAssociation, result: CommitmentResult): Promise<ReportProblem> {
  const context = open.contexts.find((one) => one.service === 'storage-commitment')
  if (!context) return takesNone
  const { explicitVr } = dataSetEncodingOf(context.transferSyntax)
  const answer = await open.request(
    context.id,
    (messageId) => reportCommand(messageId, result),
    piecesOf(writeCommitmentResult(result, explicitVr)),
  )
  return answer ? statusWords(answer.status ?? dicomStatus.processingFailure) : brokeOff
}

const reportCommand = (messageId: number, result: CommitmentResult): Buffer =>
  encodeEventReportRq(messageId, storageCommitmentClass, storageCommitmentInstance, eventTypeOf(result))

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

function statusWords(status: number): ReportProblem {
  if (status === dicomStatus.success) return undefined
  const shown = `0x${status.toString(16).padStart(4, '0')}`
  return inBoth(`设备答复状态 ${shown}`, `the device answered with status ${shown}`)
}

const takesNone = inBoth('设备不接收存储确认报告', 'the device takes no storage commitment reports')
const brokeOff = inBoth('连接在设备答复之前中断', 'the connection broke off before the device answered')
const unreachable = {
  refused: inBoth('没有程序接听', 'no program listens there'),
  'name-not-found': inBoth('没有这个主机名', 'there is no such host name'),
  timeout: inBoth('没有响应', 'does not respond'),
  'no-route': inBoth('网络不通', 'the network does not reach it'),
}

function failureWords(failure: AssociationFailure): BothWords {
  switch (failure.kind) {
    case 'unreachable':
      return unreachable[failure.why]
    case 'rejected':
      return inBoth(
        `拒绝了影站（原因 ${failure.rejection.reason}）`,
        `rejected the station (reason ${failure.rejection.reason})`,
      )
    case 'lost':
      return inBoth('没有完成连接', 'did not complete the connection')
  }
}
