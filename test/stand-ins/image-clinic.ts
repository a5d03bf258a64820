import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import {
  createSimulatedModality,
  type RawObject,
  type StudyToSend,
} from '../../electron/training/simulated-modality.ts'
import type { Device } from '../../shared/models/settings.ts'
import {
  aimisAccount,
  aimisDestination,
  chest,
  clinic,
  jilinAccount,
  jilinDestination,
  zhangWei,
} from './clinic-at-clouds.ts'
import { type KeepingGateway, startKeepingGateway } from './keeping-gateway.ts'
import { type Answer, type StationForTests, startStation } from './station-for-tests.ts'
import { pause, until } from './until.ts'

export type ImageClinic = Awaited<ReturnType<typeof openImageClinic>>
export type Registered = {
  readonly id: string
  readonly accessionNumber: string
  readonly patientId: string
  readonly studyInstanceUid: string
}

/**
 * A clinic as an integrator sees it: the program as a process of its own, spoken to by HTTP and DICOM only; two devices; a technician, a
 * doctor, an auditor. `clouds`: a simulated AIMIS, whose gateway keeps all files, and a simulated provincial cloud, which outlive the
 * station.
 */
export async function openImageClinic({ clouds = false, settleSeconds = 1 } = {}) {
  let station: StationForTests = await startStation({ args: ['--training'] })
  const names = { technician: 'chen', registrar: 'zhao', doctor: 'wang', auditor: 'li' } as const
  const tokens: Record<string, string> = {}
  const { api } = station
  const [institution] = await api.institutionList()
  await api.institutionChange({
    params: { id: institution!.id },
    body: clinic,
  })
  await api.settingsChange({ body: { dicom: { settleSeconds } } })
  for (const [at, [role, username]] of Object.entries(names).entries())
    await api.accountCreate({
      body: {
        username,
        displayName: `${username}医生`,
        doctorCode: String(2001 + at),
        role: role as keyof typeof names,
        password: `Password-of-${username}`,
      },
    })
  for (const [name, characterSet] of [
    ['DR1', 'gb18030'],
    ['DR2', 'gb18030'],
    ['OLD1', 'latin-1'],
  ] as const)
    await api.deviceCreate({ body: { name, aeTitle: name, host: '127.0.0.1', modality: 'DR', characterSet } })
  await logIn()

  const remote = clouds ? await startClouds() : undefined
  if (remote) {
    const { gateway, aimis, jilin } = remote
    const { aeTitle, host, port } = gateway
    await api.destinationCreate({ body: aimisDestination(aimis, { aeTitle, host, port }) })
    await api.destinationCreate({ body: jilinDestination(jilin) })
  }

  async function logIn(): Promise<void> {
    for (const [role, username] of Object.entries(names))
      tokens[role] = await station.logIn(username, `Password-of-${username}`)
  }

  const as = (role: keyof typeof names) => station.apiAs(tokens[role]!)
  const page = (id: string) => station.api.examRead({ params: { id } })
  const device = (aeTitle = 'DR1', characterSet: Device['characterSet'] = 'gb18030') =>
    createSimulatedModality({ aeTitle, station: station.dicom, characterSet })

  return {
    names,
    remote: remote!,
    station: () => station,
    token: (role: keyof typeof names) => tokens[role]!,
    api: () => station.api,
    as,
    page,
    device,
    call: (
      role: keyof typeof names,
      name: Parameters<StationForTests['call']>[0],
      input: object = {},
    ): Promise<Answer> => station.call(name, { token: tokens[role]!, ...input }),

    register(patient: object = {}, exam: object = {}): Promise<Registered> {
      return station.api.examRegister({
        body: {
          patient: { ...zhangWei, ...patient },
          exam: { ...chest, ...exam },
        },
      } as Parameters<StationForTests['api']['examRegister']>[0]) as Promise<Registered>
    },

    /** Sends, and fails where the station did not take it. */
    async send(order: Omit<StudyToSend, 'instances'> & { instances?: number }, aeTitle = 'DR1') {
      const from = device(aeTitle)
      const taken = from.takeImages({ instances: 1, modality: 'DX', ...order })
      await this.sendObjects(taken.objects, aeTitle)
      return taken
    },
    async sendObjects(objects: readonly RawObject[], aeTitle = 'DR1') {
      for (const { status } of await device(aeTitle).sendObjects(objects))
        if (status !== 0) throw new Error(`C-STORE: 0x${status.toString(16)}`)
    },

    /** The exam to which a study belongs now, or 'tray'. */
    async whereIs(studyInstanceUid: string): Promise<string> {
      const holders: string[] = []
      if ((await station.api.trayList()).some((one) => one.header.studyInstanceUid === studyInstanceUid))
        holders.push('tray')
      for (let at = 1; ; at++) {
        const { rows, total, pageSize } = await station.api.examList({ query: { page: at } })
        for (const { exam } of rows)
          if ((await page(exam.id)).studies.some((one) => one.header.studyInstanceUid === studyInstanceUid))
            holders.push(exam.id)
        if (at * pageSize >= total) break
      }
      return holders.join('+')
    },

    settled: (examId: string, images = 1) =>
      until('settled', async () => {
        const { imageCount, settledAt } = await page(examId)
        return imageCount >= images && settledAt !== null
      }),
    async release(examId: string): Promise<void> {
      const params = { id: examId }
      const body = { findings: '双肺纹理清晰。', impression: '未见异常。', positive: 'negative' as const }
      await as('doctor').reportSave({ params, body })
      await as('doctor').reportSubmit({ params, body: {} })
      await as('auditor').reportApprove({ params, body: {} })
      await as('auditor').reportRelease({ params, body: {} })
    },
    deliveries: (examId: string) => station.api.examDeliveries({ params: { id: examId } }),
    delivered: (examId: string) =>
      until(`delivered ${examId}`, async () => {
        const tasks = await station.api.examDeliveries({ params: { id: examId } })
        const blocked = tasks.find((task) => task.state === 'blocked')
        if (blocked) throw new Error(`${blocked.step}: ${blocked.reasonCode} ${blocked.reason}`)
        return tasks.length > 0 && tasks.every((task) => ['delivered', 'cancelled'].includes(task.state))
      }),
    /** Every sender was woken, and for a while none is at work. */
    async quiet(examIds: readonly string[]): Promise<void> {
      await station.api.settingsChange({ body: { dicom: { settleSeconds } } })
      for (let calm = 0; calm < 12; ) {
        await pause(100)
        const tasks = (await Promise.all(examIds.map((id) => this.deliveries(id)))).flat()
        calm = tasks.some((task) => task.state === 'sending') ? 0 : calm + 1
      }
    },
    async powerCut(): Promise<void> {
      await station.end('SIGKILL')
      station = await startStation({ dataFolder: station.dataFolder, args: ['--training'] })
      await logIn()
    },
    async close(): Promise<void> {
      await station.stop()
      if (remote) await Promise.all([remote.aimis.stop(), remote.gateway.stop(), remote.jilin.stop()])
    },
  }
}

async function startClouds(): Promise<{ gateway: KeepingGateway; aimis: SimulatedAimis; jilin: SimulatedJilin }> {
  const gateway = await startKeepingGateway()
  const { receivedInstances } = gateway
  const aimis = await startSimulatedAimis({ ...aimisAccount, receivedInstances })
  const jilin = await startSimulatedJilin(jilinAccount)
  return { gateway, aimis, jilin }
}
