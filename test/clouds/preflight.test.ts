import { describe, expect, it } from 'vitest'
import { limitsForDesk } from '../../shared/clouds/desk-limits.ts'
import { preflightDestination } from '../../shared/clouds/preflight.ts'
import { placeOfSource } from '../../shared/clouds/preflight-line.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import type { ReportVersion } from '../../shared/models/report.ts'
import { exampleDossier } from './example-dossier.ts'

const publicKey =
  '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
const aimis = { kind: 'aimis', settings: { pdfAsDicom: false } } as const
const jilin = { kind: 'jilin', settings: { narrativeLimit: 'warn', sm2PublicKey: publicKey } } as const
const { patient, exam } = exampleDossier
const report = exampleDossier.report as ReportVersion
const withReport = (changes: Partial<ReportVersion>): ExamDossier => ({
  ...exampleDossier,
  report: { ...report, ...changes },
})
const withExam = (changes: Partial<typeof exam>): ExamDossier => ({ ...exampleDossier, exam: { ...exam, ...changes } })
const withPatient = (changes: Partial<typeof patient>): ExamDossier => ({
  ...exampleDossier,
  patient: { ...patient, ...changes },
})

describe('the preflight of AIMIS', () => {
  it('recommends the class B fields that are absent, and names where to fill them in', () => {
    expect(preflightDestination(exampleDossier, aimis)).toEqual([
      {
        severity: 'recommended',
        code: 'RECOMMENDED-FIELD',
        field: 'medicalInsuranceNum',
        label: '医保号',
        labelInEnglish: 'insurance card no.',
        message: '没有医保号：腾讯影像云建议填写，不填也会上传',
        messageInEnglish: 'No insurance card no.: Tencent’s cloud recommends it, the exam goes without it too',
        place: { kind: 'patient', field: 'medicalInsuranceNumber' },
      },
      {
        severity: 'recommended',
        code: 'RECOMMENDED-FIELD',
        field: 'scanMode',
        label: '扫描方式',
        labelInEnglish: expect.stringMatching(/^[a-z ]+$/),
        message: '没有扫描方式：腾讯影像云建议填写，不填也会上传',
        messageInEnglish: expect.stringMatching(/^No [a-z ]+: Tencent’s cloud recommends it/),
        place: { kind: 'exam', field: 'scanMode' },
      },
    ])
  })

  it('is stopped by a report without findings, and by counts without a study time', () => {
    expect(preflightDestination(withReport({ findings: ' ' }), aimis)[0]).toEqual({
      severity: 'blocks',
      code: 'MISSING-FIELD',
      field: 'imageDescription',
      label: '影像描述',
      labelInEnglish: 'findings text',
      message: '缺少影像描述：腾讯影像云必填，补全前不能上传',
      messageInEnglish:
        'Findings text is missing: Tencent’s cloud needs it, nothing is uploaded before it is filled in',
      place: { kind: 'report', field: 'findings' },
    })
    const timeless = preflightDestination({ ...exampleDossier, studyDateTime: '' }, aimis)
    expect(timeless).toContainEqual(
      expect.objectContaining({ severity: 'blocks', field: 'studyDate', place: { kind: 'images' } }),
    )
    const unimaged = preflightDestination({ ...exampleDossier, studyDateTime: '', instances: [] }, aimis)
    expect(unimaged.filter((line) => line.severity === 'blocks')).toEqual([])
  })

  it('asks for one identity number, not for all four', () => {
    const lines = preflightDestination(withPatient({ identity: undefined }), aimis)
    expect(lines.filter((line) => line.place.kind === 'patient' && line.place.field === 'identity')).toEqual([
      expect.objectContaining({ field: 'idCardNum', label: '身份证号（或其他证件号）' }),
    ])
  })

  it('does not ask before audit who audited and when', () => {
    const draft = withReport({ state: 'awaiting-audit', auditDoctor: undefined, approvedAt: undefined })
    const fields = preflightDestination(draft, aimis).map((line) => line.field)
    expect(fields).not.toContain('auditDoctor')
    expect(fields).not.toContain('auditTime')
    const approved = withReport({ auditDoctor: undefined })
    expect(preflightDestination(approved, aimis).map((line) => line.field)).toContain('auditDoctor')
  })

  it('finds a damaged character and a damaged date', () => {
    expect(preflightDestination(withReport({ impression: '正常\ud83d' }), aimis)[0]).toMatchObject({
      severity: 'blocks',
      code: 'FIELD-CHARACTERS',
      field: 'conclusion',
    })
    expect(preflightDestination(withPatient({ birthDate: '2024-02-30' }), aimis)[0]).toMatchObject({
      code: 'FIELD-FORMAT',
      place: { kind: 'patient', field: 'birthDate' },
    })
  })
})

describe('the preflight of the provincial cloud', () => {
  const fieldsOf = (dossier: ExamDossier) => preflightDestination(dossier, jilin).map((line) => line.field)

  it('says nothing about a complete exam', () => {
    expect(preflightDestination(exampleDossier, jilin, { pdfBytes: 2 * 1024 * 1024 })).toEqual([])
  })

  it('says with numbers what is too long, and that a doctor’s name has five characters', () => {
    const long = withReport({ reportDoctor: { code: '0301', name: '买买提江·阿' } })
    expect(preflightDestination(long, jilin)).toEqual([
      {
        severity: 'blocks',
        code: 'FIELD-TOO-LONG',
        field: 'reportDocName',
        label: '报告医师姓名',
        labelInEnglish: expect.stringContaining('report'),
        message: '报告医师姓名超长：12 字节，上限 10（一个汉字算 2）：省影像云会拒收，修改前不能上传',
        messageInEnglish: expect.stringMatching(
          /is too long: 12 bytes, at most 10 .*: the provincial cloud would refuse it/,
        ),
        place: { kind: 'account' },
      },
    ])
  })

  it('warns of a long finding, or stops it where the setting says so', () => {
    const long = withReport({ findings: '双肺纹理'.repeat(13) })
    expect(preflightDestination(long, jilin)).toEqual([
      expect.objectContaining({
        severity: 'warns',
        code: 'FIELD-TOO-LONG',
        place: { kind: 'report', field: 'findings' },
      }),
    ])
    const strict = { ...jilin, settings: { ...jilin.settings, narrativeLimit: 'block' as const } }
    expect(preflightDestination(long, strict)[0]).toMatchObject({ severity: 'blocks' })
  })

  it('says once that there is no report, and not what a report would bring', () => {
    const lines = preflightDestination({ ...withPatient({ phone: undefined }), report: undefined }, jilin)
    expect(lines.map((line) => [line.code, line.field])).toEqual([
      ['REPORT-NONE', 'imageDescription'],
      ['MISSING-FIELD', 'phoneNumber'],
    ])
  })

  it('takes a draft that has been submitted, before anybody audited it', () => {
    const submitted = withReport({ state: 'awaiting-audit', auditDoctor: undefined, approvedAt: undefined })
    expect(preflightDestination(submitted, jilin)).toEqual([])
  })

  it('does not ask a draft for the doctor who has not submitted it yet', () => {
    const none = { reportDoctor: undefined, auditDoctor: undefined, submittedAt: undefined, approvedAt: undefined }
    expect(preflightDestination(withReport({ state: 'draft', ...none }), jilin)).toEqual([])
    expect(preflightDestination(withReport({ state: 'returned', ...none }), jilin)).toEqual([])
    const lines = preflightDestination(withReport({ state: 'approved', ...none }), jilin)
    expect(lines.map((line) => line.field)).toEqual(['reportDocName', 'reportDocCode', 'auditDocName', 'auditDocCode'])
  })

  it('names the place of a code that is missing: the doctor’s account, the institution, the exam', () => {
    const dossier = {
      ...withReport({ reportDoctor: { code: '', name: '李医生' } }),
      institution: { ...exampleDossier.institution, hospitalCode: '' },
    }
    const lines = preflightDestination({ ...dossier, studyDateTime: '', instances: [] }, jilin)
    expect(lines.map((line) => [line.field, line.place])).toEqual([
      ['hospitalCode', { kind: 'institution', field: 'hospitalCode' }],
      ['reportDocCode', { kind: 'account' }],
      ['checkTime', { kind: 'images' }],
    ])
  })

  it('stops a mistyped identity number, and recommends one where there is none', () => {
    const mistyped = withPatient({ identity: { kind: 'resident', number: '110105194912310021' } })
    expect(preflightDestination(mistyped, jilin)).toEqual([
      expect.objectContaining({ severity: 'blocks', code: 'IDENTITY-NUMBER' }),
    ])
    expect(JSON.stringify(preflightDestination(mistyped, jilin))).not.toContain('110105194912310021')
    expect(preflightDestination(withPatient({ identity: undefined }), jilin)).toEqual([
      expect.objectContaining({ severity: 'recommended', field: 'idCardNo' }),
    ])
  })

  it('stops what GB 18030 cannot carry', () => {
    expect(preflightDestination(withExam({ itemName: '胸部\udc00' }), jilin)).toEqual([
      expect.objectContaining({
        severity: 'blocks',
        code: 'FIELD-CHARACTERS',
        place: { kind: 'exam', field: 'itemName' },
      }),
    ])
    expect(fieldsOf(withReport({ impression: '\ue5e5' }))).toEqual(['conclusion'])
  })

  it('warns of UIDs of more than 60 characters, once a field however many images there are', () => {
    const uid = (end: string) => `1.2.${'3'.repeat(58)}.${end}`
    const instances = exampleDossier.instances.map((one, index) => ({ ...one, sopInstanceUid: uid(String(index)) }))
    expect(preflightDestination({ ...exampleDossier, instances }, jilin)).toEqual([
      expect.objectContaining({
        severity: 'warns',
        code: 'UID-TOO-LONG',
        field: 'instanceUid',
        place: { kind: 'images' },
      }),
    ])
  })

  it('stops a PDF of more than 2 MiB, a public key that is none, and leaves an odd price out', () => {
    expect(preflightDestination(exampleDossier, jilin, { pdfBytes: 2 * 1024 * 1024 + 1 })).toEqual([
      expect.objectContaining({ severity: 'blocks', code: 'PDF-TOO-LARGE', place: { kind: 'report', field: 'pdf' } }),
    ])
    const noKey = { ...jilin, settings: { ...jilin.settings, sm2PublicKey: '1'.repeat(128) } }
    expect(preflightDestination(exampleDossier, noKey)).toEqual([
      expect.objectContaining({ severity: 'blocks', code: 'JILIN-SM2-KEY', place: { kind: 'settings' } }),
    ])
    expect(preflightDestination(withExam({ price: 1200 }), jilin)).toEqual([
      expect.objectContaining({ severity: 'warns', code: 'PRICE-LEFT-OUT' }),
    ])
  })
})

describe('beside the preflight', () => {
  it('a PACS has nothing to say', () => {
    expect(preflightDestination(exampleDossier, { kind: 'pacs' })).toEqual([])
  })

  it('every source has a place where it is mended', () => {
    expect(placeOfSource('patient.age')).toEqual({ kind: 'patient', field: 'birthDate' })
    expect(placeOfSource('exam.applyDoctor.code')).toEqual({ kind: 'exam', field: 'applyDoctor' })
    expect(placeOfSource('report.auditDoctor.name')).toEqual({ kind: 'account' })
    expect(placeOfSource('counts.images')).toEqual({ kind: 'images' })
    expect(placeOfSource('settings.uid')).toEqual({ kind: 'settings' })
  })
})

describe('the limits for the desk', () => {
  it('are those of the provincial cloud where it is enabled, the strictest of each field', () => {
    expect(limitsForDesk([{ kind: 'aimis' }, { kind: 'pacs' }])).toEqual([])
    const limits = limitsForDesk([{ kind: 'aimis' }, { kind: 'jilin' }])
    const limitOf = (source: string) => limits.find((limit) => limit.source === source)
    expect(limitOf('report.reportDoctor.name')).toEqual({
      source: 'report.reportDoctor.name',
      kind: 'jilin',
      field: 'reportDocName',
      label: '报告医师姓名',
      bytes: 10,
      severity: 'blocks',
      hint: '最多 10 字节，5 个汉字',
      hintInEnglish: 'at most 10 bytes, 5 Chinese characters',
    })
    expect(limitOf('account.displayName')).toMatchObject({ bytes: 10 })
    expect(limitOf('exam.applyDoctor.code')).toMatchObject({ field: 'applyDocCode', bytes: 10 })
    expect(limitOf('patient.name')).toMatchObject({ bytes: 50 })
    expect(limitOf('report.findings')).toMatchObject({ bytes: 100, severity: 'warns' })
    expect(limitOf('patient.sex')).toBeUndefined()
    expect(limitOf('exam.accessionNumber')).toBeUndefined()
  })

  it('stop narrative texts too where the setting says so', () => {
    const limits = limitsForDesk([{ kind: 'jilin', narrativeLimit: 'block' }])
    expect(limits.every((limit) => limit.severity === 'blocks')).toBe(true)
  })
})
