import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { createJilinClient } from '../../shared/clouds/jilin/client.ts'
import { mapPatientExam } from '../../shared/clouds/jilin/map-exam.ts'
import { mapProject } from '../../shared/clouds/jilin/map-project.ts'
import type { TokenRecord } from '../../shared/clouds/jilin/token.ts'
import { fileInMemory } from '../../shared/clouds/jilin/upload-form.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { dicomFile } from './dicom-file.ts'
import { exampleDossier, tenInTheMorning } from './example-dossier.ts'

const account = { uid: 'ADSADT12', appSecret: 'meCG2Tz5PocVGEcoaM2Nvw==' }
const names = { hospitalCode: 'SAF2313', accessNumber: 'DX2603050001' }
const uids = {
  studyUid: '1.2.826.0.1.3680043.10.1.1',
  seriesUid: '1.2.826.0.1.3680043.10.1.1.1',
  instanceUid: '1.2.826.0.1.3680043.10.1.1.1.1',
}
const index = mapPatientExam(exampleDossier)
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5000, 'x'), Buffer.from('\n%%EOF\n')])
const clock = () => tenInTheMorning

let jilin: SimulatedJilin
let kept: TokenRecord | undefined
let folder: string
beforeEach(async () => {
  kept = undefined
  jilin = await startSimulatedJilin({ ...account, clock })
  folder = await mkdtemp(join(tmpdir(), 'jilin-client-'))
})
afterEach(async () => {
  await jilin.stop()
  await rm(folder, { recursive: true, force: true })
})

/** `headersMs`: how long it waits for an answer. */
const clientWith = (settings: object = {}, headersMs = 10_000) =>
  createJilinClient({
    settings: jilinSettingsSchema.parse({
      baseUrl: jilin.url,
      ...account,
      sm2PublicKey: jilin.sm2PublicKey,
      ...settings,
    }),
    tokens: {
      read: () => kept,
      write: (record) => {
        kept = record
      },
    },
    transport: createHttpTransport({ clock, timeouts: { headersMs } }),
    clock,
  })

const exam = () => jilin.ledger.exams['SAF2313/DX2603050001']

async function dicomOnDisk(pixelBytes: number) {
  const { studyUid, seriesUid, instanceUid } = uids
  const bytes = dicomFile({ accessionNumber: names.accessNumber, studyUid, seriesUid, instanceUid, pixelBytes })
  const path = join(folder, 'image.dcm')
  await writeFile(path, bytes)
  return { bytes, file: { sizeBytes: bytes.length, open: () => createReadStream(path) } }
}

describe('the provincial client against the simulated cloud', () => {
  it('delivers project, index, film address, PDF and image, with one token', async () => {
    const client = clientWith()
    expect(
      await client.projectContrast(mapProject('SAF2313', { code: 'X1001', name: '胸部正位', modality: 'DX' })),
    ).toMatchObject({ kind: 'done' })
    const saved = await client.savePatientExam(index)
    expect(saved).toMatchObject({ kind: 'done', value: { examId: exam()?.examId } })
    const examId = saved.kind === 'done' ? saved.value.examId : ''
    expect(await client.getDigitalImageUrl({ hospitalCode: 'SAF2313', examId })).toEqual({
      kind: 'done',
      value: { url: `${jilin.url}/film/?Info=${examId}` },
    })
    expect(await client.saveExamPdf({ ...names, pdf: fileInMemory(pdf) })).toMatchObject({ kind: 'done' })
    const { bytes, file } = await dicomOnDisk(3_000_000)
    expect(await client.uploadDicom({ ...names, ...uids, file })).toMatchObject({ kind: 'done' })
    expect(jilin.ledger.grants).toHaveLength(1)
    expect(jilin.ledger.refusals).toEqual([])
    expect(exam()).toMatchObject({
      received: 1,
      body: { idCardNo: '11010519491231002X', patientName: '王秀英' },
      pdf: { bytes: pdf.length, received: 1 },
      images: {
        [uids.instanceUid]: {
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          transferSyntaxUid: '1.2.840.10008.1.2.1',
          received: 1,
        },
      },
    })
  })

  it.each([
    { order: 'C1C3C2', encoding: 'hex', prefix04: false },
    { order: 'C1C2C3', encoding: 'base64', prefix04: true },
  ] as const)('seals the identity number as the platform wants it: %j', async (sm2) => {
    await jilin.stop()
    jilin = await startSimulatedJilin({ ...account, clock, sm2 })
    expect(await clientWith({ sm2 }).savePatientExam(index)).toMatchObject({ kind: 'done' })
    expect(exam()?.body.idCardNo).toBe('11010519491231002X')
    expect(await clientWith().savePatientExam(index)).toMatchObject({ kind: 'fix-exam', reason: { code: 'JILIN-400' } })
  })

  it('updates the same index under the same exam id', async () => {
    const client = clientWith()
    const first = await client.savePatientExam(index)
    const second = await client.savePatientExam({ ...index, conclusion: '更正：左肺结节。' })
    expect(second).toEqual(first)
    expect(exam()).toMatchObject({ received: 2, body: { conclusion: '更正：左肺结节。' } })
  })

  it('sends the example names too where that is set', async () => {
    await clientWith({ alsoExampleNames: true }).savePatientExam(index)
    expect(exam()?.body).toMatchObject({
      studyUid: uids.studyUid,
      studyUID: uids.studyUid,
      reportDatetime: '2026-03-05 10:20:00',
      auditDatetime: '2026-03-05 10:25:00',
    })
    await clientWith().savePatientExam(index)
    expect(exam()?.body).not.toHaveProperty('studyUID')
  })

  it('renews a token refused in mid-run once, and repeats the call once, an upload too', async () => {
    const client = clientWith()
    await client.savePatientExam(index)
    jilin.revokeTokens()
    const { bytes, file } = await dicomOnDisk(100_000)
    expect(await client.uploadDicom({ ...names, ...uids, file })).toMatchObject({ kind: 'done' })
    expect(jilin.ledger.grants).toHaveLength(2)
    expect(exam()?.images[uids.instanceUid]).toMatchObject({ bytes: bytes.length, received: 1 })
  })

  it('waits when the new token is refused as well', async () => {
    jilin.faults.add({ call: 'savePatientExam', times: 2, fault: { kind: 'answer-code', code: 403 } })
    expect(await clientWith().savePatientExam(index)).toMatchObject({
      kind: 'wait-until',
      reason: { code: 'JILIN-403' },
    })
    expect(jilin.ledger.grants).toHaveLength(2)
  })

  it('renews once for twenty images refused together', async () => {
    const client = clientWith()
    await client.savePatientExam(index)
    jilin.revokeTokens()
    const { file } = await dicomOnDisk(1000)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => client.uploadDicom({ ...names, ...uids, file })),
    )
    for (const outcome of outcomes) expect(outcome.kind).toBe('done')
    expect(jilin.ledger.grants).toHaveLength(2)
  })

  it('stops for the settings with a wrong secret, after one attempt', async () => {
    const client = clientWith({ appSecret: 'wrong' })
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(await client.savePatientExam(index)).toMatchObject({
        kind: 'fix-settings',
        reason: { code: 'JILIN-11001' },
      })
    }
    expect(jilin.ledger.refusals).toHaveLength(1)
  })

  it('stops for the settings with a public key that is no point of the curve', async () => {
    const outcome = await clientWith({ sm2PublicKey: '1'.repeat(128) }).savePatientExam(index)
    expect(outcome).toMatchObject({ kind: 'fix-settings', reason: { code: 'JILIN-SM2-KEY' } })
  })

  it('sends nothing while something is missing or too long, and names it', async () => {
    const outcome = await clientWith().savePatientExam({
      ...index,
      phoneNumber: undefined,
      examProjectName: '胸'.repeat(11),
    })
    expect(outcome).toMatchObject({ kind: 'fix-exam', reason: { code: 'FIELD-LIMIT' } })
    expect(JSON.stringify(outcome)).toContain('缺少手机号；检查项目名称超长')
    expect(jilin.ledger.grants).toHaveLength(0)
  })

  it('refuses a PDF of more than 2 MiB before sending, and takes one of exactly 2 MiB', async () => {
    const client = clientWith()
    await client.savePatientExam(index)
    const limit = 2 * 1024 * 1024
    const sized = (size: number) => fileInMemory(Buffer.concat([pdf, Buffer.alloc(size - pdf.length)]))
    expect(await client.saveExamPdf({ ...names, pdf: sized(limit + 1) })).toMatchObject({
      kind: 'fix-exam',
      reason: { code: 'PDF-TOO-LARGE' },
    })
    expect(await client.saveExamPdf({ ...names, pdf: sized(limit) })).toMatchObject({ kind: 'done' })
  })

  it('hears of an image that does not belong to its form', async () => {
    const client = clientWith()
    await client.savePatientExam(index)
    const { file } = await dicomOnDisk(10)
    const outcome = await client.uploadDicom({ ...names, ...uids, seriesUid: '1.2.3', file })
    expect(outcome).toMatchObject({ kind: 'fix-exam', reason: { message: expect.stringContaining('(0020,000e)') } })
  })

  it('hears that a film of another hospital is not for us', async () => {
    const client = clientWith()
    const saved = await client.savePatientExam(index)
    const examId = saved.kind === 'done' ? saved.value.examId : ''
    expect(await client.getDigitalImageUrl({ hospitalCode: 'OTHER', examId })).toMatchObject({
      kind: 'fix-exam',
      reason: { code: 'JILIN-504' },
    })
    expect(await client.getDigitalImageUrl({ hospitalCode: 'SAF2313', examId: '1' })).toMatchObject({
      kind: 'fix-exam',
      reason: { code: 'JILIN-400' },
    })
  })

  it.each([
    [{ kind: 'html' }, { kind: 'retry', reason: { code: 'CLOUD-HTML' } }, 0],
    [{ kind: 'http-status', status: 202 }, { kind: 'unknown', reason: { code: 'CLOUD-HTTP-202' } }, 0],
    [{ kind: 'http-status', status: 502 }, { kind: 'retry', maybeReceived: true }, 0],
    [{ kind: 'cut-json' }, { kind: 'retry', maybeReceived: true, reason: { code: 'CLOUD-JSON' } }, 1],
    [{ kind: 'reset-after-processing' }, { kind: 'retry', maybeReceived: true }, 1],
    [{ kind: 'slow', ms: 1000 }, { kind: 'retry', maybeReceived: true, reason: { code: 'CLOUD-NO-ANSWER' } }, 1],
    [{ kind: 'answer-code', code: 503 }, { kind: 'retry', reason: { code: 'JILIN-503' } }, 0],
    [{ kind: 'answer-code', code: 409 }, { kind: 'unknown', reason: { code: 'JILIN-409' } }, 0],
    [{ kind: 'answer-code', code: 0 }, { kind: 'unknown', reason: { code: 'JILIN-0' } }, 0],
  ] as const)('after %j says %j', async (fault, expected, receivedTimes) => {
    jilin.faults.add({ call: 'savePatientExam', times: 1, fault })
    await clientWith().getToken()
    const client = clientWith({}, fault.kind === 'slow' ? 400 : 10_000)
    expect(await client.savePatientExam(index)).toMatchObject(expected)
    expect(exam()?.received ?? 0).toBe(receivedTimes)
    expect(await clientWith().savePatientExam(index)).toMatchObject({ kind: 'done' })
  })

  it('does not call an index maybe received when only the answer to getToken was lost', async () => {
    jilin.faults.add({ call: 'getToken', times: 1, fault: { kind: 'reset-after-processing' } })
    const outcome = await clientWith().savePatientExam(index)
    expect(outcome).toMatchObject({ kind: 'retry', reason: { code: 'CLOUD-RESET' } })
    expect(outcome).not.toHaveProperty('maybeReceived')
  })

  it('survives a connection reset in the middle of an upload, and a file that is gone', async () => {
    const client = clientWith()
    await client.savePatientExam(index)
    const { file } = await dicomOnDisk(20_000_000)
    jilin.faults.add({ call: 'uploadDicom', times: 1, fault: { kind: 'reset-before-body' } })
    expect(await client.uploadDicom({ ...names, ...uids, file })).toMatchObject({ kind: 'retry' })
    await rm(join(folder, 'image.dcm'))
    expect(await client.uploadDicom({ ...names, ...uids, file })).toMatchObject({
      kind: 'retry',
      reason: { code: 'CLOUD-FILE-UNREADABLE' },
    })
  })

  it('keeps names, numbers and secrets out of every failure', async () => {
    const message = '王秀英 13800138000 11010519491231002X'
    jilin.faults.add({ call: 'savePatientExam', times: 1, fault: { kind: 'answer-code', code: 400, message } })
    const texts = [
      await clientWith().savePatientExam(index),
      await clientWith({ appSecret: 'very-secret' }).getToken(),
    ].map((o) => JSON.stringify(o))
    for (const personal of ['王秀英', '13800138000', '11010519491231002X', 'very-secret'])
      expect(texts.join()).not.toContain(personal)
  })
})

describe('the queries of the provincial cloud', () => {
  const doctor = { queryDocName: '张医师', queryDocCode: '0112', queryDeptName: '内科', queryDeptCode: '01' }
  const question = {
    searchType: '1',
    idCardNo: '11010519491231002X',
    patientName: '王秀英',
    ...doctor,
    mac: '00-11-22-33-44-55',
    checkStartTime: '2026-03-01 00:00:00',
    checkEndTime: '2026-03-31 00:00:00',
  }

  it('find what was delivered, read the PDF back, and record the looking', async () => {
    const client = clientWith()
    await client.savePatientExam(index)
    await client.saveExamPdf({ ...names, pdf: fileInMemory(pdf) })
    const found = await client.queryFormerlyExam(question)
    expect(found).toMatchObject({
      kind: 'done',
      value: [{ examId: exam()?.examId, conclusion: '心肺膈未见异常。', studyUid: uids.studyUid }],
    })
    expect(await client.queryExamPdfData({ accessNumber: names.accessNumber, ...doctor })).toEqual({
      kind: 'done',
      value: pdf,
    })
    const record = {
      examId: exam()?.examId ?? '',
      queryDocName: '张医师',
      queryDocCode: '0112',
      retrivalTime: '2026-03-05 11:00:00',
      mac: '00-11-22-33-44-55',
    }
    expect(await client.saveReminderCallRecord({ ...record, retrivaType: '1' })).toMatchObject({
      kind: 'fix-exam',
      reason: { code: 'MISSING-FIELD' },
    })
    expect(await client.saveReminderCallRecord({ ...record, retrivaType: '1', searchType: '1' })).toMatchObject({
      kind: 'done',
    })
    expect(await client.saveReminderCallRecord({ ...record, retrivaType: '2' })).toMatchObject({ kind: 'done' })
    const { queryDocName: _, ...recognition } = record
    expect(await client.saveRecognExamRecord({ ...recognition, recognFlag: '0', quoteFlag: '0' })).toMatchObject({
      kind: 'fix-exam',
    })
    expect(await client.saveRecognExamRecord({ ...recognition, recognFlag: '1', quoteFlag: '0' })).toMatchObject({
      kind: 'done',
    })
    expect([jilin.ledger.reminders.length, jilin.ledger.recognitions.length]).toEqual([2, 1])
  })

  it('call nothing found an empty list and no PDF', async () => {
    const client = clientWith()
    expect(await client.queryFormerlyExam(question)).toEqual({ kind: 'done', value: [] })
    expect(await client.queryExamPdfData({ accessNumber: 'none', ...doctor })).toEqual({
      kind: 'done',
      value: undefined,
    })
  })

  it('tell the two meanings of 409 apart, both leading to the project mapping', async () => {
    const client = clientWith()
    const again = { ...question, searchType: '2', examProjectCode: 'X1001', hospitalCode: 'SAF2313' }
    const unknown = await client.queryFormerlyExam(again)
    expect(unknown).toMatchObject({
      kind: 'fix-exam',
      reason: { code: 'JILIN-409', message: expect.stringContaining('未上传') },
    })
    await client.projectContrast(mapProject('SAF2313', { code: 'X1001', name: '胸部正位', modality: 'DX' }))
    const unmapped = await client.queryFormerlyExam(again)
    expect(unmapped).toMatchObject({ kind: 'fix-exam', reason: { message: expect.stringContaining('未与标准对应') } })
  })
})
