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
import type { OpenAssociation } from './association.ts'
import { type CommitmentResult, eventTypeOf, writeCommitmentResult } from './storage-commitment-data-set.ts'

/** Undefined: the device took the report. Otherwise why not, in words for staff. */
export type ReportProblem = string | undefined

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
  if (opened.kind !== 'open') return `${peer.host}:${peer.port} ${failureWords(opened)}`
  const { association } = opened
  const abort = () => association.abort()
  signal.addEventListener('abort', abort)
  try {
    const [context] = association.accepted.contexts
    if (!context || signal.aborted) {
      await association.release()
      return context ? '影站停止了' : '设备不接收存储确认报告'
    }
    // Many devices leave the roles unanswered and take the report all the same: only a plain no is one.
    const role = association.accepted.roles.find(({ sopClassUid }) => sopClassUid === storageCommitmentClass)
    if (role?.scp === false) {
      await association.release()
      return '设备不让影站发送存储确认报告（没有接受 SCP 角色）'
    }
    const { explicitVr } = dataSetEncodingOf(context.transferSyntax)
    const answered = await association.request({
      contextId: context.id,
      messageId: 1,
      command: reportCommand(1, result),
      dataSet: piecesOf(writeCommitmentResult(result, explicitVr)),
    })
    if (answered.kind !== 'answered') return '连接在设备答复之前中断'
    await association.release()
    return statusWords(answered.answer.status)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** N-EVENT-REPORT on an association that the device opened. */
export async function tellOnAssociation(open: OpenAssociation, result: CommitmentResult): Promise<ReportProblem> {
  const context = open.contexts.find((one) => one.service === 'storage-commitment')
  if (!context) return '设备不接收存储确认报告'
  const { explicitVr } = dataSetEncodingOf(context.transferSyntax)
  const answer = await open.request(
    context.id,
    (messageId) => reportCommand(messageId, result),
    piecesOf(writeCommitmentResult(result, explicitVr)),
  )
  return answer ? statusWords(answer.status ?? dicomStatus.processingFailure) : '连接在设备答复之前中断'
}

const reportCommand = (messageId: number, result: CommitmentResult): Buffer =>
  encodeEventReportRq(messageId, storageCommitmentClass, storageCommitmentInstance, eventTypeOf(result))

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

const statusWords = (status: number): ReportProblem =>
  status === dicomStatus.success ? undefined : `设备答复状态 0x${status.toString(16).padStart(4, '0')}`

const unreachable = {
  refused: '没有程序接听',
  'name-not-found': '没有这个主机名',
  timeout: '没有响应',
  'no-route': '网络不通',
}

function failureWords(failure: AssociationFailure): string {
  switch (failure.kind) {
    case 'unreachable':
      return unreachable[failure.why]
    case 'rejected':
      return `拒绝了影站（原因 ${failure.rejection.reason}）`
    case 'lost':
      return '没有完成连接'
  }
}
