import { type DicomTls, deviceRoutes as routes } from '../../../shared/api/device-routes.ts'
import type { Device } from '../../../shared/models/settings.ts'
import { inBoth } from '../../../shared/problems/both-words.ts'
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

  async function echo({ aeTitle, host, port }: Device): Promise<Echoed> {
    if (host === '') return { ok: false, detail: noHost.chinese, detailInEnglish: noHost.english }
    if (port === undefined) return { ok: false, detail: noPort.chinese, detailInEnglish: noPort.english }
    const caller = { peer: { aeTitle, host, port }, callingAeTitle: config.aeTitle, timeouts: echoTimeouts }
    const line = await testPeer(caller)
    const { ok, detail, detailInEnglish } = line
    const isName = hostKind(host) === 'name'
    return {
      ok,
      detail: isName ? `${detail}。${byName(host).chinese}` : detail,
      detailInEnglish: isName ? `${detailInEnglish} ${byName(host).english}` : detailInEnglish,
    }
  }

  function view(): DicomTls {
    const { privateKey, ...rest } = dicomTls.read()
    const { listeningTls, problems } = receiver.status()
    const words = problems.map(describeProblem)
    return {
      ...rest,
      privateKeySet: privateKey !== '',
      problem: words.map(({ message, action }) => `${message}。${action}`).join('；') || null,
      problemInEnglish: words.map(({ english, englishAction }) => `${english} ${englishAction}`).join(' ') || null,
      listeningPort: listeningTls?.port ?? null,
    }
  }
}

type Echoed = { readonly ok: boolean; readonly detail: string; readonly detailInEnglish: string }

const noHost = inBoth(
  '没有填写设备的 IP 地址，无法试连。请先填写地址',
  'The device has no IP address to try. Fill it in first.',
)
const noPort = inBoth(
  '没有填写设备的端口，无法试连。请先填写设备上 DICOM 服务的端口',
  'The device has no port to try. Fill in the port of its DICOM service first.',
)
const byName = (host: string) =>
  inBoth(
    `地址“${host}”是主机名：设备连入和试连时都会查询它，查不到就不能连入，填写 IP 地址更稳妥`,
    `“${host}” is a host name, looked up whenever the device connects or is tried; an IP address is safer.`,
  )
