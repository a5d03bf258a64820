import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../electron/station/log.ts'
import { createStation, type Station } from '../../electron/station/station.ts'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import {
  type SimulatedGatewayDicom,
  startSimulatedGatewayDicom,
} from '../../electron/training/simulated-gateway-dicom.ts'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { logInToStation } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import {
  aimisAccount,
  aimisDestination,
  chest,
  clinic,
  jilinAccount,
  jilinDestination,
  zhangWei,
} from '../stand-ins/clinic-at-clouds.ts'
import { pause, until } from '../stand-ins/until.ts'

export const minute = 60_000
const adminPassword = 'Admin-for-tests-1'

export type CareBench = Awaited<ReturnType<typeof openCareBench>>

/**
 * The whole station in this process, over its real API, with real images, in front of simulated clouds. Time runs, and a test may push
 * it forward; the clouds live by the same clock.
 */
export async function openCareBench(
  options: { readonly holdMinutes?: number; readonly aimis?: number; readonly jilin?: number } = {},
) {
  const { holdMinutes = 0, aimis: aimisCount = 0, jilin: jilinCount = 1 } = options
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-care-'))
  let ahead = 0
  const clock = () => Date.now() + ahead
  let logged = ''
  const log = createLog({
    write: (line) => {
      logged += line
    },
  })

  const gateways: SimulatedGatewayDicom[] = []
  const aimis: SimulatedAimis[] = []
  const jilin: SimulatedJilin[] = []
  for (let at = 0; at < aimisCount; at++) {
    const gateway = await startSimulatedGatewayDicom()
    gateways.push(gateway)
    const { receivedInstances } = gateway
    aimis.push(await startSimulatedAimis({ ...aimisAccount, clock, receivedInstances }))
  }
  for (let at = 0; at < jilinCount; at++) jilin.push(await startSimulatedJilin({ ...jilinAccount, clock }))

  let station: Station | undefined
  let url = ''
  let dicom = { host: '127.0.0.1', port: 0 }
  async function start(dataFolder: string): Promise<void> {
    station = await createStation(
      {
        dataFolder,
        httpPort: 0,
        dicomHost: '127.0.0.1',
        dicomPort: 0,
        aeTitle: 'YINGZHAN',
        training: true,
        adminPassword,
        dataKey: undefined,
        deskFolder: join(folder, 'no-desk'),
      },
      clock,
      log,
    )
    const started = await station.start()
    url = started.url
    dicom = started.dicom
  }
  let dataFolder = join(folder, 'data')
  await start(dataFolder)

  const admin = await logInToStation(() => url, 'admin', adminPassword)
  const [institution] = await admin.call(routes.institutionList)
  await admin.call(routes.institutionChange, { params: { id: institution!.id }, body: clinic })
  await admin.call(routes.settingsChange, { body: { dicom: { settleSeconds: 1 } } })
  const people: [string, string, string, 'doctor' | 'auditor'][] = [
    ['wang', '王医生', '2001', 'doctor'],
    ['li', '李医生', '2002', 'auditor'],
  ]
  for (const [username, displayName, doctorCode, role] of people)
    await admin.call(routes.accountCreate, {
      body: { username, displayName, doctorCode, role, password: `Password-of-${username}` },
    })
  const doctor = await logInToStation(() => url, 'wang', 'Password-of-wang')
  const auditor = await logInToStation(() => url, 'li', 'Password-of-li')

  const aimisIds: string[] = []
  const jilinIds: string[] = []
  for (const [at, cloud] of aimis.entries()) {
    const { host, port } = gateways[at]!
    const body = aimisDestination(cloud, { aeTitle: 'AIMIS', host, port }, `腾讯影像云${at + 1}`)
    aimisIds.push((await admin.call(routes.destinationCreate, { body })).id)
  }
  for (const [at, cloud] of jilin.entries()) {
    const body = jilinDestination(cloud, { name: `省影像云${at + 1}`, holdMinutes })
    jilinIds.push((await admin.call(routes.destinationCreate, { body })).id)
  }

  const deliveries = (examId: string) => admin.call(routes.examDeliveries, { params: { id: examId } })

  return {
    admin,
    doctor,
    auditor,
    aimis,
    jilin,
    gateways,
    aimisIds,
    jilinIds,
    institutionId: institution!.id,
    clinic,
    clock,
    deliveries,
    logged: () => logged,
    url: () => url,

    register(patient: object = {}, exam: object = {}) {
      return admin.call(routes.examRegister, {
        body: { patient: { ...zhangWei, ...patient }, exam: { ...chest, ...exam } },
      })
    },

    /** Images from a device, attached and settled. */
    async image(exam: { id: string; accessionNumber: string; studyInstanceUid: string; patientId: string }, count = 2) {
      const modality = createSimulatedModality({
        aeTitle: 'DR1',
        station: { aeTitle: 'YINGZHAN', ...dicom },
        clock,
      })
      const { patient } = await admin.call(routes.examRead, { params: { id: exam.id } })
      const { objects } = modality.takeImages({
        patient: { name: patient.name, patientId: exam.patientId, sex: patient.sex, birthDate: patient.birthDate },
        accessionNumber: exam.accessionNumber,
        studyInstanceUid: exam.studyInstanceUid,
        instances: count,
      })
      for (const one of await modality.sendObjects(objects))
        if (one.status !== 0) throw new Error(`the station refused an image: ${one.status}`)
      ahead += 1100
      await until('settled', async () => {
        const page = await admin.call(routes.examRead, { params: { id: exam.id } })
        return page.imageCount >= count && page.settledAt !== null
      })
    },

    async write(examId: string, findings = '双肺纹理清晰。'): Promise<void> {
      const body = { findings, impression: '未见异常。', positive: 'negative' as const }
      await doctor.call(routes.reportSave, { params: { id: examId }, body })
    },

    /** From the written report to its release; the report that was released, where there is one, is amended first. */
    async release(examId: string, findings?: string): Promise<void> {
      const params = { id: examId }
      await this.write(examId, findings)
      await doctor.call(routes.reportSubmit, { params, body: {} })
      await auditor.call(routes.reportApprove, { params, body: {} })
      await auditor.call(routes.reportRelease, { params, body: {} })
    },

    amend: (examId: string) => doctor.call(routes.reportAmend, { params: { id: examId }, body: { reason: '补充' } }),

    /** Time goes on at once; whoever waits for it is woken. */
    async advance(milliseconds: number): Promise<void> {
      ahead += milliseconds
      await this.poke()
    },
    /** Settings told anew wake the senders, as any change by staff would. */
    poke: () => admin.call(routes.settingsChange, { body: { dicom: { settleSeconds: 1 } } }),

    /** Everything told. Fails at once where something is blocked. */
    async delivered(examId: string): Promise<void> {
      await until('delivered', async () => {
        const tasks = await deliveries(examId)
        const blocked = tasks.find((task) => task.state === 'blocked')
        if (blocked) throw new Error(`${blocked.step}: ${blocked.reasonCode} ${blocked.reason}`)
        return tasks.length > 0 && tasks.every((task) => ['delivered', 'cancelled'].includes(task.state))
      })
    },

    /** Long enough for whatever would be sent to be sent: every sender was woken and none is at work. */
    async quiet(examId: string): Promise<void> {
      await this.poke()
      for (let calm = 0; calm < 4; ) {
        await pause(50)
        calm = (await deliveries(examId)).some((task) => task.state === 'sending') ? 0 : calm + 1
      }
    },

    /** The disk as a power cut at this moment would leave it; then the station from that disk. */
    async powerCut(): Promise<void> {
      const left = join(folder, `left-${Math.random().toString(36).slice(2)}`)
      cpSync(dataFolder, left, { recursive: true, filter: (path) => !path.endsWith('lock.db') })
      await station?.stop()
      dataFolder = left
      await start(left)
    },

    async close(): Promise<void> {
      await station?.stop()
      await Promise.all([...aimis, ...gateways, ...jilin].map((one) => one.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The code with which the station refused, or 'ok'. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'ok'
  } catch (error) {
    return /（([A-Z0-9-]+)）$/.exec((error as Error).message)?.[1] ?? (error as Error).message
  }
}
