import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { routes } from '../../shared/api/routes.ts'
import { chinaCompactDay } from '../../shared/text/china-time.ts'
import { exam, furnish, hospitalCode, person, rightHandExam, walkIn } from './demo-clinic.ts'
import type { DemoClouds } from './demo-clouds.ts'
import { confirm, until } from './demo-confirm.ts'
import {
  createSimulatedModality,
  type RawObject,
  type SentInstance,
  type SimulatedModality,
} from './simulated-modality.ts'
import { logInToStation } from './station-client.ts'
import type { StationProcess } from './station-process.ts'

export type DemoMoment = 'images-arriving' | 'uploads-going'

export type DemoParts = {
  readonly folder: string
  readonly station: StationProcess
  readonly clouds: DemoClouds
  readonly adminPassword: string
  /** One step that was confirmed, in Chinese and in English. */
  readonly say: (chinese: string, english: string) => void
  /** Called where the way is under load: a test pulls the plug there. */
  readonly moment?: (moment: DemoMoment) => Promise<void>
}

/** The main job, from registration to both clouds. Every step prints what the receiving side confirmed, or throws. */
export async function runDemoJob(parts: DemoParts): Promise<{ readonly papers: readonly string[] }> {
  const { station, clouds, say, folder } = parts
  const url = () => station.ready().url
  const admin = await logInToStation(url, 'admin', parts.adminPassword)

  const { doctor, auditor } = await furnish(admin, url, clouds)
  say(
    '1  设置机构、设备、医生和两个云端：试连都通过',
    'institution, device, doctors and both clouds are set up; both answered the connection test',
  )

  const registered = await admin.call(routes.examRegister, { body: { patient: person, exam: examOf(exam) } })
  const second = await admin.call(routes.examRegister, { body: { patient: walkIn, exam: examOf(rightHandExam) } })
  confirm(
    registered.accessionNumber.length <= 16 && registered.accessionNumber !== second.accessionNumber,
    '检查号不超过 16 个字符且不重复',
  )
  confirm(/^2\.25\.\d{1,39}$/.test(registered.studyInstanceUid), 'Study Instance UID 符合规范')
  say(
    `2  登记 ${person.name}：检查号 ${registered.accessionNumber}，患者编号 ${registered.patientId}`,
    'patient and exam registered: accession number, patient id, Study Instance UID',
  )

  const card = join(folder, '检查卡.pdf')
  await until('检查卡二维码', async () => delivered(await deliveries(registered.id), 'study-qr'))
  const qr = await admin.bytes(routes.qrPng, { params: { id: registered.id } })
  confirm(clouds.aimis.ledger.studies[registered.accessionNumber]?.qrAsked === 1, '网关收到一次二维码请求')
  confirm(qr.subarray(1, 4).toString('latin1') === 'PNG', '网关返回的二维码是 PNG 图片')
  writeFileSync(card, await admin.bytes(routes.cardPdf, { params: { id: registered.id } }))
  say(
    '3  检查卡 PDF 已生成，二维码由（模拟的）腾讯网关返回',
    'the check card is a PDF with the QR image that the simulated AIMIS gateway returned',
  )

  const modality = createSimulatedModality({ aeTitle: 'DR1', station: station.ready().dicom })
  const items = await modality.findWorklist({ modality: 'DR', scheduledDate: chinaCompactDay(Date.now()) })
  const item = items.find((one) => one.accessionNumber === registered.accessionNumber)
  confirm(item !== undefined && item.characterSet === 'GB18030', '设备在工作列表中查到该检查，字符集 GB18030')
  confirm(item.patientName === 'Zhang^Yan=张^䶮', `设备看到姓名 ${item.patientName}`)
  say(
    `4  设备查询工作列表：查到 ${items.length} 个检查，${item.patientName}`,
    'the device found the exam in its worklist, the name in GB18030 and in pinyin',
  )

  const taken = modality.takeImages({ item, modality: 'DX', bodyPart: 'HAND', instances: 3 })
  const sent = await send(modality, taken.objects, parts.moment && (() => parts.moment!('images-arriving')))
  await until('影像归入检查', async () => (await page(registered.id)).imageCount === 3)
  confirmStored(taken.objects, sent, station.ready().data)
  say(
    `5  设备发送 ${sent.length} 幅影像：逐幅得到 0000，入库内容逐位一致`,
    'images sent by C-STORE, each answered 0000, stored bit for bit',
  )

  await sendToTray(second)
  await writeReport(
    registered.id,
    '左手诸骨骨质结构完整，骨皮质连续，骨小梁清晰。各掌指、指间关节间隙清晰，关节面光整。周围软组织未见明显肿胀。',
    '左手诸骨未见明显骨折及骨质破坏征象。',
  )
  await writeReport(
    second.id,
    '右手诸骨骨质结构完整，第一掌指关节边缘见轻度骨质增生，关节间隙无明显变窄。',
    '右手第一掌指关节轻度退行性变。',
  )
  say(
    '7  两份报告：书写、提交，由另一位医生审核，发布',
    'two reports written, submitted, approved by another doctor, released',
  )
  await parts.moment?.('uploads-going')

  await until('全部上传完成', async () => (await areSettled()) && (await openDeliveries()) === 0)
  for (const one of [registered, second]) confirmAimis(one.accessionNumber, one.id === registered.id ? 3 : 2)
  say(
    '8  腾讯：检查信息、影像（C-STORE）、报告、对账都已收到，数量一致',
    'AIMIS holds study, images, report, and agrees with the counts',
  )

  for (const one of [registered, second]) confirmJilin(one.accessionNumber, one.id === registered.id ? 3 : 2)
  const sentCopy = clouds.gateway
    .receivedInstances()
    .filter((instance) => instance.accessionNumber === second.accessionNumber)
  confirm(sentCopy.length === 2, '没有检查号的影像：发出的副本带上了正确的检查号')
  say(
    '9  省平台：项目对照、检查索引（身份证号 SM2 解密核对）、云胶片地址、报告 PDF、逐幅影像都已收到',
    'the provincial cloud holds items, index (SM2 identity number opened), film address, PDF and every image',
  )

  const report = join(folder, '报告.pdf')
  writeFileSync(report, await admin.bytes(routes.reportPdf, { params: { id: registered.id } }))
  const { filmUrl } = await page(registered.id)
  confirm(filmUrl !== null, '报告带有云胶片地址')
  say(`10 报告 PDF 已生成，二维码指向 ${filmUrl}`, 'the report PDF carries the film address as a QR code')
  return { papers: [card, report] }

  // — what the steps are made of —

  function page(id: string) {
    return admin.call(routes.examRead, { params: { id } })
  }
  function deliveries(id: string) {
    return admin.call(routes.examDeliveries, { params: { id } })
  }
  async function areSettled(): Promise<boolean> {
    const pages = await Promise.all([registered, second].map((one) => page(one.id)))
    return pages.every((one) => one.settledAt !== null)
  }
  async function openDeliveries(): Promise<number> {
    const all = (await Promise.all([registered, second].map((one) => deliveries(one.id)))).flat()
    const blocked = all.find((task) => task.state === 'blocked')
    if (blocked) throw new Error(`上传受阻：${blocked.step} ${blocked.reason} ${blocked.action}`)
    return all.filter((task) => task.state !== 'delivered' && task.state !== 'cancelled').length
  }

  async function sendToTray(target: { id: string; accessionNumber: string; patientId: string }): Promise<void> {
    const walkInStudy = modality.takeImages({
      patient: { name: walkIn.name, patientId: '', sex: walkIn.sex, birthDate: walkIn.birthDate },
      modality: 'DX',
      bodyPart: 'HAND',
      instances: 2,
    })
    const { studyInstanceUid } = walkInStudy
    const arrived = await send(modality, walkInStudy.objects)
    const tray = await until('未匹配的影像', async () =>
      (await admin.call(routes.trayList)).find((study) => study.header.studyInstanceUid === studyInstanceUid),
    )
    const [candidate] = tray.candidates
    confirm(candidate?.examId === target.id, '未匹配箱给出的第一候选是正确的检查')
    await admin.call(routes.trayAttach, { params: { studyInstanceUid }, body: { examId: target.id } })
    await until('影像归入检查', async () => (await page(target.id)).imageCount === 2)
    confirmStored(walkInStudy.objects, arrived, station.ready().data)
    say(
      `6  一组没有检查号的影像进入未匹配箱（${tray.reason}）；候选 ${candidate!.patientName}：${candidate!.reasons.map((reason) => reason.text).join('；')}；已归入，原件不变`,
      'a study without accession number came into the tray with its candidate and reasons, and was attached',
    )
  }

  async function writeReport(id: string, findings: string, impression: string): Promise<void> {
    const params = { id }
    await doctor.call(routes.reportSave, { params, body: { findings, impression, positive: 'negative' } })
    await doctor.call(routes.reportSubmit, { params, body: {} })
    await auditor.call(routes.reportApprove, { params, body: {} })
    const released = await auditor.call(routes.reportRelease, { params, body: {} })
    confirm(released.state === 'released' && released.auditDoctor?.name === '赵医生', '报告由另一位医生审核并发布')
  }

  function confirmAimis(accessionNumber: string, images: number): void {
    const study = clouds.aimis.ledger.studies[accessionNumber]
    confirm(
      study?.body.status === 'final' && study.body.imageCnt === images && study.body.reportCnt === 1,
      '腾讯收到检查信息，状态 final，数量正确',
    )
    const reports = Object.values(study!.reports)
    confirm(reports.length === 1, '腾讯收到一份报告')
    const received = clouds.gateway
      .receivedInstances()
      .filter((instance) => instance.accessionNumber === accessionNumber)
    confirm(
      received.length === images && new Set(received.map((one) => one.patientId)).size === 1,
      `腾讯网关收到 ${images} 幅影像，检查号和患者编号正确`,
    )
    confirm(study!.reconciled.agreed === true, '腾讯对账一致')
  }

  function confirmJilin(accessionNumber: string, images: number): void {
    const held = clouds.jilin.ledger.exams[`${hospitalCode}/${accessionNumber}`]
    const who = accessionNumber === registered.accessionNumber ? person : walkIn
    confirm(held?.body.idCardNo === who.identity.number, '省平台用私钥解出的身份证号与登记一致')
    confirm(held!.pdf !== undefined, '省平台收到报告 PDF')
    const once = [held!, held!.pdf!, ...Object.values(held!.images)].every((one) => one.received === 1)
    confirm(once || parts.moment !== undefined, '省平台每样东西只收到一次')
    confirm(Object.keys(held!.images).length === images, `省平台收到 ${images} 幅影像`)
  }
}

const examOf = (input: typeof exam | typeof rightHandExam) => ({ ...input })
const delivered = (tasks: readonly { step: string; state: string }[], step: string) =>
  tasks.some((task) => task.step === step && task.state === 'delivered')

/** Sends, and where the association broke sends again what was not acknowledged, as a modality does. */
async function send(
  modality: SimulatedModality,
  objects: readonly RawObject[],
  disturb?: () => Promise<void>,
): Promise<readonly SentInstance[]> {
  const disturbance = disturb?.()
  const first = await modality.sendObjects(objects).catch(() => [])
  await disturbance
  return first.length === objects.length && !disturb ? first : modality.sendObjects(objects)
}

/** The stored files, read from the disk: each sent data set is the end of exactly one of them, bit for bit. */
function confirmStored(objects: readonly RawObject[], sent: readonly SentInstance[], dataFolder: string): void {
  const store = join(dataFolder, 'images', 'store')
  const files = readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  confirm(
    sent.every((instance) => instance.status === 0x0000),
    '每幅影像都得到成功应答 0000',
  )
  for (const { dataSet } of objects) {
    const same = files.filter((file) => file.subarray(-dataSet.length).equals(dataSet))
    confirm(same.length === 1, '原始文件与设备发出的内容逐位一致，且只有一份')
  }
}
