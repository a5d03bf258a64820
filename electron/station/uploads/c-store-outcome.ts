import { assertNever } from '../../../shared/assert-never.ts'
import { type CloudOutcome, type CloudReason, done } from '../../../shared/clouds/cloud-outcome.ts'
import { serverWords } from '../../../shared/clouds/server-words.ts'
import type { AssociationFailure } from '../../../shared/dicom/dicom-association.ts'
import type { DicomPeer } from '../../../shared/models/destination.ts'

const later = '稍后会自动重试；若持续出现，请联系对方系统的管理员'

/**
 * What a status of C-STORE means, PS3.4 table B.2-1 and PS3.7 annex C. A peer that refuses one object never pauses the whole
 * destination: the other images go on, and this one waits for a person.
 */
export function outcomeOfStoreStatus(status: number, comment: string, sent: unknown): CloudOutcome<undefined> {
  const hex = status.toString(16).toUpperCase().padStart(4, '0')
  const said = serverWords(comment, sent)
  const reason = (message: string, action: string): CloudReason => ({
    code: `DICOM-${hex}`,
    message: `接收方回答：${message}（0x${hex}）${said === '' ? '' : `：${said}`}`,
    action,
  })
  if (status === 0x0000) return done(undefined)
  if (status >> 12 === 0xb || status === 0x0001 || status === 0x0107 || status === 0x0116) {
    return done(undefined, `接收方已保存，但有提示（0x${hex}）${said === '' ? '' : `：${said}`}`)
  }
  if (status >> 8 === 0xa7)
    return { kind: 'retry', reason: reason('存储空间或资源不足', '请检查接收方的磁盘空间；稍后会自动重试') }
  if (status >> 8 === 0xa9) {
    return {
      kind: 'fix-exam',
      reason: reason('影像内容与其类型不符，未保存', '请从设备重新发送该影像；仍不行请联系设备厂家'),
    }
  }
  switch (status) {
    case 0x0110:
      return { kind: 'retry', reason: reason('处理失败', later) }
    case 0x0111:
      return done(undefined, `接收方已有这幅影像（0x${hex}）`)
    case 0x0122:
      return {
        kind: 'fix-exam',
        reason: reason('不支持这类影像', '请联系对方开通该影像类型，再点“重新发送”；不需要时可取消该任务'),
      }
    case 0x0124:
      return { kind: 'fix-settings', reason: reason('未授权本机发送影像', '请联系对方系统的管理员授权本机 AE 名') }
    case 0x0117:
      return {
        kind: 'fix-exam',
        reason: reason('影像编号（SOP Instance UID）无效', '请从设备重新发送该影像；仍不行请联系设备厂家'),
      }
    default:
      return { kind: 'unknown', reason: reason(status >> 12 === 0xc ? '无法理解这幅影像' : '未说明原因的失败', later) }
  }
}

/** Why there was no association, or why it ended. `callingAeTitle` is ours. */
export function outcomeOfAssociationFailure(
  failure: AssociationFailure,
  peer: DicomPeer,
  callingAeTitle: string,
  maybeReceived: boolean,
): CloudOutcome<never> {
  const where = `${peer.host}:${peer.port}`
  switch (failure.kind) {
    case 'unreachable':
      return { kind: 'retry', reason: unreachable(failure.why, where) }
    case 'rejected':
      return outcomeOfRejection(failure.rejection, peer, callingAeTitle)
    case 'lost': {
      const [message, action] = lostWords[failure.why]
      const reason = { code: `DICOM-${failure.why.toUpperCase()}`, message, action }
      return maybeReceived ? { kind: 'retry', reason, maybeReceived } : { kind: 'retry', reason }
    }
    default:
      return assertNever(failure)
  }
}

function unreachable(why: Extract<AssociationFailure, { kind: 'unreachable' }>['why'], where: string): CloudReason {
  const code = `DICOM-${why.toUpperCase()}`
  switch (why) {
    case 'refused':
      return {
        code,
        message: `${where} 拒绝连接，对方 DICOM 服务可能未启动或端口有误`,
        action: '请核对端口和对方服务；稍后会自动重试',
      }
    case 'name-not-found':
      return { code, message: `找不到主机 ${where}`, action: '请核对主机名或 IP 地址；网络恢复后会自动重试' }
    case 'timeout':
      return { code, message: `连接 ${where} 超时`, action: '请检查网络、对方是否开机和防火墙；稍后会自动重试' }
    case 'no-route':
      return { code, message: `网络不通，无法到达 ${where}`, action: '请检查网线、路由器和 IP 地址；恢复后会自动重试' }
    default:
      return assertNever(why)
  }
}

const lostWords = {
  closed: ['传输途中连接中断', later],
  silent: ['接收方长时间没有应答', later],
  'not-dicom': ['对方的应答不是 DICOM', '请核对主机和端口是否指向 DICOM 服务；稍后会自动重试'],
  aborted: ['接收方中止了传输', later],
} as const

/** A-ASSOCIATE-RJ, PS3.8 table 9-21. */
function outcomeOfRejection(
  rejection: { readonly result: number; readonly source: number; readonly reason: number },
  peer: DicomPeer,
  callingAeTitle: string,
): CloudOutcome<never> {
  const { result, source, reason } = rejection
  const code = `DICOM-RJ-${result}-${source}-${reason}`
  const refused = (message: string, action: string) =>
    ({ kind: 'fix-settings', reason: { code, message, action } }) as const
  if (source === 3 || result === 2) {
    return {
      kind: 'retry',
      reason: { code, message: '接收方暂时太忙，没有接受连接', action: '稍后会自动重试，无需处理' },
    }
  }
  if (source === 1 && reason === 3) {
    return refused(
      `接收方不认识本机的 AE 名“${callingAeTitle}”`,
      `请联系对方系统的管理员登记本机 AE 名“${callingAeTitle}”和本机 IP，或在设置中改为已登记的 AE 名`,
    )
  }
  if (source === 1 && reason === 7) {
    return refused(`接收方的 AE 名不是“${peer.aeTitle}”`, '请在设置中核对接收方的 AE 名（区分大小写）')
  }
  if ((source === 1 || source === 2) && reason === 2) {
    return refused('接收方不支持所用的 DICOM 协议', '请联系对方系统的管理员')
  }
  const message = '接收方拒绝了连接，没有说明原因'
  return {
    kind: 'unknown',
    reason: { code, message, action: `请联系对方核对是否已登记本机 AE 名“${callingAeTitle}”和 IP` },
  }
}
