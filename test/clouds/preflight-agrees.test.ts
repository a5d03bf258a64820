import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAimisClient } from '../../shared/clouds/aimis/client.ts'
import * as aimisMap from '../../shared/clouds/aimis/map-exam.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import type { HttpTransport } from '../../shared/clouds/http-transport.ts'
import { createJilinClient } from '../../shared/clouds/jilin/client.ts'
import { mapPatientExam } from '../../shared/clouds/jilin/map-exam.ts'
import { preflightDestination } from '../../shared/clouds/preflight.ts'
import { aimisSettingsSchema, jilinSettingsSchema } from '../../shared/models/destination.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import { identityKindSchema } from '../../shared/models/patient.ts'
import type { ReportVersion } from '../../shared/models/report.ts'
import { exampleDossier, tenInTheMorning } from './example-dossier.ts'

/** A cloud that takes whatever is sent: what is refused here was refused before sending. */
const takesAll =
  (answer: object): HttpTransport =>
  async () => ({
    kind: 'answered',
    status: 200,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(answer)),
    clockOffsetMs: undefined,
  })
const clock = () => tenInTheMorning

const aimisSettings = aimisSettingsSchema.parse({
  gatewayUrl: 'http://gateway.invalid',
  appId: 'a',
  token: '0123456789abcdef0123456789abcdef',
  dicom: { aeTitle: 'GATE', host: 'gateway.invalid', port: 104 },
})
const goodKey =
  '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
const jilinSettings = (narrativeLimit: 'warn' | 'block', sm2PublicKey: string) =>
  jilinSettingsSchema.parse({
    baseUrl: 'http://province.invalid',
    uid: 'u',
    appSecret: 's',
    sm2PublicKey,
    narrativeLimit,
  })

async function sendToAimis(dossier: ExamDossier): Promise<readonly CloudOutcome[]> {
  const client = createAimisClient({ settings: aimisSettings, transport: takesAll({ code: 0, message: '' }), clock })
  const counts = aimisMap.aimisCountsOf(dossier, false)
  return [
    await client.studyAdd(aimisMap.mapStudyAdd(dossier, aimisMap.aimisStatusOf(dossier), counts)),
    ...(dossier.report ? [await client.reportAdd(aimisMap.mapReportAdd(dossier))] : []),
    ...(dossier.instances.length > 0 ? [await client.reconcileLog(aimisMap.mapReconcileLog(dossier, counts))] : []),
  ]
}

async function sendToJilin(
  dossier: ExamDossier,
  settings: ReturnType<typeof jilinSettings>,
  pdfBytes: number,
): Promise<readonly CloudOutcome[]> {
  const client = createJilinClient({
    settings,
    tokens: { read: () => undefined, write: () => {} },
    transport: takesAll({ code: 200, msg: '', datas: 'T1' }),
    clock,
  })
  const { hospitalCode } = dossier.institution
  const accessNumber = dossier.exam.accessionNumber
  const open = () => {
    throw new Error('Nothing reads it')
  }
  const outcomes: CloudOutcome[] = [await client.savePatientExam(mapPatientExam(dossier))]
  for (const instance of dossier.instances) {
    const { studyInstanceUid: studyUid, seriesInstanceUid: seriesUid, sopInstanceUid: instanceUid } = instance
    const file = { sizeBytes: 1, open }
    outcomes.push(await client.uploadDicom({ hospitalCode, accessNumber, studyUid, seriesUid, instanceUid, file }))
  }
  outcomes.push(await client.saveExamPdf({ hospitalCode, accessNumber, pdf: { sizeBytes: pdfBytes, open } }))
  return outcomes
}

/** Mostly good, sometimes absent, too long or damaged. */
const odd = (max: number) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom('0301', '胸部', '张医师', 'A') },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', '\ud800', '正常\ue5e5', 'null') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: max }) },
    { weight: 1, arbitrary: fc.nat(max).map((n) => '汉'.repeat(n)) },
  )
const coded = fc.option(fc.record({ code: odd(12), name: odd(12) }), { nil: undefined, freq: 20 })
const sometimes = (max: number) => fc.option(odd(max), { nil: undefined })
const times = fc.oneof(
  { weight: 8, arbitrary: fc.constant('2026-03-05 10:04:30') },
  { weight: 1, arbitrary: fc.constantFrom('', '2026-03-05 23:59:60', '2026-02-30 00:00:00', '20260305') },
)

const dossiers: fc.Arbitrary<ExamDossier> = fc
  .record({
    patient: fc.record({
      name: odd(40),
      phone: fc.oneof({ weight: 20, arbitrary: fc.constant('13800138000') }, { weight: 1, arbitrary: sometimes(20) }),
      identity: fc.option(
        fc.record({
          kind: fc.constantFrom(...identityKindSchema.options),
          number: fc.constantFrom('11010519491231002X', '11010519491231002x', '110105194912310021', 'E12345678'),
        }),
        { nil: undefined },
      ),
      homeAddress: sometimes(100),
      birthDate: fc.constantFrom('1949-12-31', '2026-03-01', '2024-02-30'),
    }),
    exam: fc.record({
      itemName: odd(30),
      itemCode: odd(30),
      bodyPart: odd(30),
      bed: sometimes(12),
      applyDoctor: coded,
      examDoctor: coded,
      clinicalDiagnosis: sometimes(80),
      price: fc.option(fc.double({ min: 0, max: 2000, noNaN: true }), { nil: undefined }),
    }),
    report: fc.option(
      fc.record({
        state: fc.constantFrom('draft' as const, 'awaiting-audit' as const, 'released' as const),
        findings: odd(80),
        impression: odd(80),
        reportDoctor: coded,
        auditDoctor: coded,
        submittedAt: fc.option(fc.constant(tenInTheMorning), { nil: undefined }),
        advice: sometimes(60),
      }),
      { nil: undefined, freq: 20 },
    ),
    hospitalCode: fc.constantFrom('SAF2313', 'SAF2313', 'SAF2313', '', '9'.repeat(61)),
    studyDateTime: times,
    count: fc.nat(2),
    longUid: fc.boolean(),
  })
  .map(({ patient, exam, report, hospitalCode, studyDateTime, count, longUid }) => ({
    ...exampleDossier,
    institution: { ...exampleDossier.institution, hospitalCode },
    patient: { ...exampleDossier.patient, ...patient },
    exam: { ...exampleDossier.exam, ...exam },
    report: report && ({ ...exampleDossier.report, ...report } as ReportVersion),
    studyDateTime,
    instances: exampleDossier.instances
      .slice(0, count)
      .map((one) => (longUid ? { ...one, sopInstanceUid: `1.2.${'3'.repeat(60)}` } : one)),
  }))

/** As it is when it goes: who submits a draft becomes its report doctor. */
function submitted(dossier: ExamDossier): ExamDossier {
  const { report } = dossier
  if (report?.state !== 'draft' || report.reportDoctor) return dossier
  return { ...dossier, report: { ...report, reportDoctor: { code: '0301', name: '李医生' } } }
}

describe('the preflight agrees with the clients', () => {
  const blocks = (lines: ReturnType<typeof preflightDestination>) => lines.some((line) => line.severity === 'blocks')

  it('of AIMIS, on a thousand dossiers', async () => {
    const seen = { sent: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(dossiers, async (dossier) => {
        const isBlocked = blocks(preflightDestination(dossier, { kind: 'aimis', settings: aimisSettings }))
        const outcomes = await sendToAimis(submitted(dossier))
        expect(outcomes.some((outcome) => outcome.kind === 'fix-exam')).toBe(isBlocked)
        expect(outcomes.every((outcome) => outcome.kind === 'done' || outcome.kind === 'fix-exam')).toBe(true)
        seen[isBlocked ? 'refused' : 'sent'] += 1
      }),
      { numRuns: 1000 },
    )
    expect(Math.min(seen.sent, seen.refused)).toBeGreaterThan(50)
  })

  it('of the provincial cloud, on five hundred dossiers', async () => {
    const seen = { sent: 0, refused: 0 }
    const keys = fc.constantFrom(goodKey, goodKey, goodKey, '1'.repeat(128))
    const sizes = fc.constantFrom(1000, 2 * 1024 * 1024, 2 * 1024 * 1024 + 1)
    const limits = fc.constantFrom('warn' as const, 'block' as const)
    await fc.assert(
      fc.asyncProperty(dossiers, keys, sizes, limits, async (dossier, key, pdfBytes, narrativeLimit) => {
        const settings = jilinSettings(narrativeLimit, key)
        const isBlocked = blocks(preflightDestination(dossier, { kind: 'jilin', settings }, { pdfBytes }))
        const outcomes = await sendToJilin(submitted(dossier), settings, pdfBytes)
        expect(outcomes.some((outcome) => outcome.kind !== 'done')).toBe(isBlocked)
        seen[isBlocked ? 'refused' : 'sent'] += 1
      }),
      { numRuns: 500 },
    )
    expect(Math.min(seen.sent, seen.refused)).toBeGreaterThan(10)
  })
})
