import { routes } from '../../../shared/api/routes.ts'
import { ok } from '../../../shared/problems/problem.ts'
import type { QuarantinedObject } from '../archive/archive.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

const day = 24 * 60 * 60 * 1000

/** What came and could not be taken into the archive. Newest first, at most 1000. */
export function answerQuarantine(answer: Answer, { archive }: ApiRooms): void {
  answer(routes.quarantineList, () =>
    ok(
      archive.quarantined().map((object) => ({
        id: object.id,
        device: object.callingAeTitle,
        at: object.quarantinedAt,
        reason: reasonOf(object),
        detail: object.reason,
        sopInstanceUid: object.sopInstanceUid,
        sizeBytes: object.sizeBytes,
      })),
    ),
  )
}

/** Pure: one line on what was put aside within a week and has not come in good order since; nothing else would ever end it. */
export function quarantineAlarms(
  objects: readonly QuarantinedObject[],
  hasInstance: (sopInstanceUid: string) => boolean,
  now: number,
): string[] {
  const open = objects.filter(
    (one) => now - one.quarantinedAt < 7 * day && !(one.sopInstanceUid && hasInstance(one.sopInstanceUid)),
  )
  if (open.length === 0) return []
  const devices = [...new Set(open.map((one) => one.callingAeTitle).filter((title) => title))]
  const from = devices.length > 0 ? `（来自 ${devices.slice(0, 3).join('、')}${devices.length > 3 ? ' 等' : ''}）` : ''
  return [
    `隔离区近 7 天有 ${open.length} 个对象没能收下${from}：请核对设备上的影像是否都已到站，缺少的请重新发送；仍收不下请联系支持`,
  ]
}

function reasonOf({ status }: QuarantinedObject): string {
  if (status === 0xa900) return '影像与设备发送时声明的不一致'
  if (status === 0xc000) return '内容读不出来，或缺少有效的影像号'
  return '接收中断，设备没有得到“已收到”的答复'
}
