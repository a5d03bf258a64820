import { routes } from '../../../shared/api/routes.ts'
import type { DeviceInput } from '../../../shared/models/settings.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** What the charset doctor found, and what staff decide about it. */
export function answerCharacterSets(answer: Answer, rooms: ApiRooms): void {
  const { settings, archive, isTraining } = rooms
  const deviceOf = (aeTitle: string) => settings.devices().find((device) => device.aeTitle === aeTitle)

  answer(routes.characterSetProposals, () =>
    ok(
      archive.characterSets.open().flatMap(({ updatedAt, samples, ...finding }) => {
        const device = deviceOf(finding.callingAeTitle)
        // Set in the list of devices meanwhile: nothing is left to propose.
        if (device && device.readAs !== 'declared') return []
        return [{ ...finding, samples: [...samples], deviceId: device?.id ?? null, at: updatedAt }]
      }),
    ),
  )

  answer(routes.characterSetAccept, ({ params, body, user }) => {
    const aeTitle = params.aeTitle!
    const { id, ...device } = deviceOf(aeTitle) ?? { id: undefined, ...newDevice(aeTitle) }
    const isFound = archive.characterSets.open().some((finding) => finding.callingAeTitle === aeTitle)
    if (!id && !isFound) return fail('NOT-FOUND', { what: '设备' })
    const saved = settings.saveDevice({ ...device, readAs: body.readAs }, user.username, id)
    if (!saved.ok) return saved
    archive.characterSets.decide(aeTitle, body.readAs === 'declared' ? 'dismissed' : 'accepted', user.username)
    archive.headers.request(aeTitle, user.username)
    return saved
  })

  answer(routes.characterSetDismiss, ({ params, user }) =>
    archive.characterSets.decide(params.aeTitle!, 'dismissed', user.username)
      ? ok({ done: true as const })
      : fail('NOT-FOUND', { what: '字符集建议' }),
  )

  /**
   * A device for an AE title that has none: files that people brought ('import'), or one that was removed. Nobody is let in by it: it is
   * bound to this computer until staff say where it is; training mode takes everybody anyway.
   */
  function newDevice(aeTitle: string): DeviceInput {
    const isImport = aeTitle === 'import'
    const host = isTraining() && !isImport ? '' : '127.0.0.1'
    return {
      name: isImport ? '导入的文件' : aeTitle,
      aeTitle,
      host,
      modality: '',
      characterSet: 'gb18030',
      readAs: 'declared',
    }
  }
}
