import { assertNever } from '../../../shared/assert-never.ts'
import { type CloudOutcome, type CloudReason, done } from '../../../shared/clouds/cloud-outcome.ts'
import { serverWords } from '../../../shared/clouds/server-words.ts'
import type { AssociationFailure } from '../../../shared/dicom/dicom-association.ts'
import type { DicomPeer } from '../../../shared/models/destination.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'

const later = inBoth(
  '稍后会自动重试；若持续出现，请联系对方系统的管理员',
  'It is tried again by itself; if it keeps failing, contact the administrator of the other system',
)
const fromTheDeviceAgain = inBoth(
  '请从设备重新发送该影像；仍不行请联系设备厂家',
  'Send the image from the device once more; if that does not help, contact the maker of the device',
)

/**
 * What a status of C-STORE means, PS3.4 table B.2-1 and PS3.7 annex C. A peer that refuses one object never pauses the whole
 * destination: the other images go on, and this one waits for a person.
 */
export function outcomeOfStoreStatus(status: number, comment: string, sent: unknown): CloudOutcome<undefined> {
  const hex = status.toString(16).toUpperCase().padStart(4, '0')
  const said = serverWords(comment, sent)
  const reason = (told: BothWords, action: BothWords): CloudReason => ({
    code: `DICOM-${hex}`,
    message: `接收方回答：${told.chinese}（0x${hex}）${said === '' ? '' : `：${said}`}`,
    action: action.chinese,
    english: `The other side answered: ${told.english} (0x${hex})${said === '' ? '' : `: ${said}`}`,
    englishAction: action.english,
  })
  if (status === 0x0000) return done(undefined)
  if (status >> 12 === 0xb || status === 0x0001 || status === 0x0107 || status === 0x0116) {
    return done(
      undefined,
      inBoth(
        `接收方已保存，但有提示（0x${hex}）${said === '' ? '' : `：${said}`}`,
        `The receiver stored it with a remark (0x${hex})${said === '' ? '' : `: ${said}`}`,
      ),
    )
  }
  if (status >> 8 === 0xa7) {
    return {
      kind: 'retry',
      reason: reason(
        inBoth('存储空间或资源不足', 'it is out of storage space or other resources'),
        inBoth(
          '请检查接收方的磁盘空间；稍后会自动重试',
          'Check the disk space of the other side; it is tried again by itself',
        ),
      ),
    }
  }
  if (status >> 8 === 0xa9) {
    return {
      kind: 'fix-exam',
      reason: reason(
        inBoth('影像内容与其类型不符，未保存', 'the image does not fit its kind, and was not stored'),
        fromTheDeviceAgain,
      ),
    }
  }
  switch (status) {
    case 0x0110:
      return { kind: 'retry', reason: reason(inBoth('处理失败', 'it could not process the image'), later) }
    case 0x0111:
      return done(undefined, inBoth(`接收方已有这幅影像（0x${hex}）`, `The receiver has this image already (0x${hex})`))
    case 0x0122:
      return {
        kind: 'fix-exam',
        reason: reason(
          inBoth('不支持这类影像', 'it does not take this kind of image'),
          inBoth(
            '请联系对方开通该影像类型，再点“重试”；不需要时可取消该任务',
            'Ask the other side to allow this kind of image, then press “Retry”; if it need not be sent, press “Give up”',
          ),
        ),
      }
    case 0x0124:
      return {
        kind: 'fix-settings',
        reason: reason(
          inBoth('未授权本机发送影像', 'this station is not allowed to send images'),
          inBoth(
            '请联系对方系统的管理员授权本机 AE 名',
            'Ask the administrator of the other system to allow the AE title of this station',
          ),
        ),
      }
    case 0x0117:
      return {
        kind: 'fix-exam',
        reason: reason(
          inBoth('影像编号（SOP Instance UID）无效', 'the number of the image (SOP Instance UID) is not valid'),
          fromTheDeviceAgain,
        ),
      }
    default:
      return { kind: 'unknown', reason: reason(status >> 12 === 0xc ? notUnderstood : noCause, later) }
  }
}

const notUnderstood = inBoth('无法理解这幅影像', 'it cannot understand this image')
const noCause = inBoth('未说明原因的失败', 'it failed and gave no cause')

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
      const [told, action] = lostWords[failure.why]
      const reason = reasonOf(`DICOM-${failure.why.toUpperCase()}`, told, action)
      return maybeReceived ? { kind: 'retry', reason, maybeReceived } : { kind: 'retry', reason }
    }
    default:
      return assertNever(failure)
  }
}

const reasonOf = (code: string, told: BothWords, action: BothWords): CloudReason => ({
  code,
  message: told.chinese,
  action: action.chinese,
  english: told.english,
  englishAction: action.english,
})

function unreachable(why: Extract<AssociationFailure, { kind: 'unreachable' }>['why'], where: string): CloudReason {
  const code = `DICOM-${why.toUpperCase()}`
  switch (why) {
    case 'refused':
      return {
        code,
        message: `${where} 拒绝连接，对方 DICOM 服务可能未启动或端口有误`,
        action: '请核对端口和对方服务；稍后会自动重试',
        english: `${where} refused the connection: its DICOM service may not be running, or the port is wrong`,
        englishAction: 'Check the port and the service there; it is tried again by itself',
      }
    case 'name-not-found':
      return {
        code,
        message: `找不到主机 ${where}`,
        action: '请核对主机名或 IP 地址；网络恢复后会自动重试',
        english: `There is no host ${where}`,
        englishAction: 'Check its name or IP address; it is tried again by itself once the network is back',
      }
    case 'timeout':
      return {
        code,
        message: `连接 ${where} 超时`,
        action: '请检查网络、对方是否开机和防火墙；稍后会自动重试',
        english: `Connecting to ${where} took too long`,
        englishAction: 'Check the network, the firewall, and whether it is switched on; it is tried again by itself',
      }
    case 'no-route':
      return {
        code,
        message: `网络不通，无法到达 ${where}`,
        action: '请检查网线、路由器和 IP 地址；恢复后会自动重试',
        english: `There is no way through the network to ${where}`,
        englishAction: 'Check the cable, the router and the IP address; it is tried again by itself afterwards',
      }
    default:
      return assertNever(why)
  }
}

const lostWords = {
  closed: [inBoth('传输途中连接中断', 'The connection broke off while sending'), later],
  silent: [inBoth('接收方长时间没有应答', 'The other side did not answer for a long time'), later],
  'not-dicom': [
    inBoth('对方的应答不是 DICOM', 'The other side does not answer in DICOM'),
    inBoth(
      '请核对主机和端口是否指向 DICOM 服务；稍后会自动重试',
      'Check that host and port are those of a DICOM service; it is tried again by itself',
    ),
  ],
  aborted: [inBoth('接收方中止了传输', 'The other side broke off the transfer'), later],
} as const

/** A-ASSOCIATE-RJ, PS3.8 table 9-21. */
function outcomeOfRejection(
  rejection: { readonly result: number; readonly source: number; readonly reason: number },
  peer: DicomPeer,
  callingAeTitle: string,
): CloudOutcome<never> {
  const { result, source, reason } = rejection
  const code = `DICOM-RJ-${result}-${source}-${reason}`
  const refused = (told: BothWords, action: BothWords) =>
    ({ kind: 'fix-settings', reason: reasonOf(code, told, action) }) as const
  if (source === 3 || result === 2) {
    return {
      kind: 'retry',
      reason: {
        code,
        message: '接收方暂时太忙，没有接受连接',
        action: '稍后会自动重试，无需处理',
        english: 'The other side is too busy at the moment and did not take the connection',
        englishAction: 'It is tried again by itself; nothing needs doing',
      },
    }
  }
  if (source === 1 && reason === 3) {
    return refused(
      inBoth(
        `接收方不认识本机的 AE 名“${callingAeTitle}”`,
        `The other side does not know our AE title “${callingAeTitle}”`,
      ),
      inBoth(
        `请联系对方系统的管理员登记本机 AE 名“${callingAeTitle}”和本机 IP，或在设置中改为已登记的 AE 名`,
        `Ask the administrator of the other system to register “${callingAeTitle}” and our IP address, or change “Our AE title” in Settings to one that is registered`,
      ),
    )
  }
  if (source === 1 && reason === 7) {
    return refused(
      inBoth(`接收方的 AE 名不是“${peer.aeTitle}”`, `The AE title of the other side is not “${peer.aeTitle}”`),
      inBoth('请在设置中核对接收方的 AE 名（区分大小写）', 'Check “Its AE title” in Settings; capitals count'),
    )
  }
  if ((source === 1 || source === 2) && reason === 2) {
    return refused(
      inBoth('接收方不支持所用的 DICOM 协议', 'The other side does not speak this DICOM protocol'),
      inBoth('请联系对方系统的管理员', 'Contact the administrator of the other system'),
    )
  }
  return {
    kind: 'unknown',
    reason: {
      code,
      message: '接收方拒绝了连接，没有说明原因',
      action: `请联系对方核对是否已登记本机 AE 名“${callingAeTitle}”和 IP`,
      english: 'The other side refused the connection and gave no cause',
      englishAction: `Ask the other side whether our AE title “${callingAeTitle}” and our IP address are registered there`,
    },
  }
}
