import { type DicomTls, deviceRoutes as routes } from '../../../shared/api/device-routes.ts'
import type { Device } from '../../../shared/models/settings.ts'
import { describeProblem, fail, ok } from '../../../shared/problems/problem.ts'
import { hostKind } from '../settings/device-host.ts'
import { testPeer } from '../uploads/store-images.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** A person waits at the desk for the answer. */
const echoTimeouts = { connectMs: 5000, associateMs: 10_000, stallMs: 5000, responseMs: 10_000 }

/** Devices beyond their list: whether one answers, and DICOM over TLS. */
export function answerDevices(answer: Answer, { settings, dicomTls, receiver, config }: ApiRooms): void {
  answer(routes.deviceEcho, async ({ params }) => {
    const device = settings.devices().find((one) => one.id === params.id)
    return device ? ok(await echo(device)) : fail('NOT-FOUND', { what: '设备' })
  })
  answer(routes.dicomTlsRead, () => ok(view()))
  answer(routes.dicomTlsChange, async ({ body, user }) => {
    const changed = dicomTls.change(body, user.username)
    if (!changed.ok) return changed
    await receiver.followTls()
    return ok(view())
  })

  async function echo({ aeTitle, host, port }: Device): Promise<{ ok: boolean; detail: string }> {
    if (host === '') return { ok: false, detail: '没有填写设备的 IP 地址，无法试连。请先填写地址' }
    if (port === undefined)
      return { ok: false, detail: '没有填写设备的端口，无法试连。请先填写设备上 DICOM 服务的端口' }
    const caller = { peer: { aeTitle, host, port }, callingAeTitle: config.aeTitle, timeouts: echoTimeouts }
    const line = await testPeer(caller)
    return { ok: line.ok, detail: hostKind(host) === 'name' ? `${line.detail}。${byName(host)}` : line.detail }
  }

  function view(): DicomTls {
    const { privateKey, ...rest } = dicomTls.read()
    const { listeningTls, problems } = receiver.status()
    const words = problems.map(describeProblem).map(({ message, action }) => `${message}。${action}`)
    return {
      ...rest,
      privateKeySet: privateKey !== '',
      problem: words.join('；') || null,
      listeningPort: listeningTls?.port ?? null,
    }
  }
}

const byName = (host: string): string =>
  `地址“${host}”是主机名：设备连入和试连时都会查询它，查不到就不能连入，填写 IP 地址更稳妥`
