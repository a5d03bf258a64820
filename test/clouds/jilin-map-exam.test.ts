import { describe, expect, it } from 'vitest'
import { checkBody } from '../../shared/clouds/jilin/check-body.ts'
import { uploadDicomFields } from '../../shared/clouds/jilin/fields.ts'
import { mapPatientExam } from '../../shared/clouds/jilin/map-exam.ts'
import { mapProject } from '../../shared/clouds/jilin/map-project.ts'
import { patientExamFields } from '../../shared/clouds/jilin/patient-exam-fields.ts'
import { examCategorySchema, modalitySchema } from '../../shared/models/exam.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import { exampleDossier } from './example-dossier.ts'

const { patient, exam, report } = exampleDossier
const withExam = (changes: Partial<typeof exam>) => ({ ...exampleDossier, exam: { ...exam, ...changes } })
const withPatient = (changes: Partial<typeof patient>) => ({ ...exampleDossier, patient: { ...patient, ...changes } })
const warn = { narrativeLimit: 'warn' } as const
const checkIndex = (dossier: ExamDossier, { narrativeLimit }: { readonly narrativeLimit: 'warn' | 'block' }) =>
  checkBody(patientExamFields, mapPatientExam(dossier), narrativeLimit)

describe('savePatientExam', () => {
  it('of a released chest X-ray is this request', () => {
    expect(mapPatientExam(exampleDossier)).toEqual({
      hospitalCode: 'SAF2313',
      patientId: 'P26000001',
      patientName: '王秀英',
      phoneNumber: '13800138000',
      idCardNo: '11010519491231002X',
      accessNumber: 'DX2603050001',
      patientType: '1',
      studyUid: '1.2.826.0.1.3680043.10.1.1',
      patientAge: '76',
      patientAgeUnit: '1',
      sex: '2',
      birthday: '1949-12-31 00:00:00',
      married: '20',
      outpatientNo: 'M001',
      modality: 'DX',
      checkPart: 'CHEST',
      examProjectCode: 'X1001',
      examProjectName: '胸部正位',
      imageDescription: '双肺纹理清晰，未见实变。',
      conclusion: '心肺膈未见异常。',
      clinicalDiagnosis: '咳嗽待查',
      positive: '-1',
      reportDocName: '李医生',
      reportDocCode: '0301',
      auditDocName: '刘医生',
      auditDocCode: '0302',
      applyDeptCode: '01',
      applyDeptName: '内科',
      procedureOfficeName: '放射科',
      ProcedureDocName: '赵技师',
      applyDocName: '张医师',
      applyDocCode: '0112',
      regTime: '2026-03-05 10:00:00',
      checkTime: '2026-03-05 10:04:30',
      reportDateTime: '2026-03-05 10:20:00',
      auditDateTime: '2026-03-05 10:25:00',
      price: 85.5,
      infectionName: '0',
      criticalValue: '0',
      reportStatus: '7',
      homeAddr: '长春市朝阳区和平街 8 号',
      procedureDoctorCode: '0201',
      applyDoctorCode: '0112',
      diagTime: '2026-03-05 10:20:00',
    })
    expect(checkIndex(exampleDossier, warn)).toEqual({ problems: [], warnings: [] })
  })

  it('has the 71 fields of the document, these 25 of them required', () => {
    expect(patientExamFields).toHaveLength(71)
    expect(patientExamFields.filter((f) => f.required).map((f) => f.name)).toEqual([
      'hospitalCode',
      'patientId',
      'patientName',
      'phoneNumber',
      'accessNumber',
      'patientType',
      'studyUid',
      'patientAge',
      'patientAgeUnit',
      'modality',
      'examProjectCode',
      'examProjectName',
      'imageDescription',
      'conclusion',
      'reportDocName',
      'reportDocCode',
      'auditDocName',
      'auditDocCode',
      'regTime',
      'checkTime',
      'reportDateTime',
      'auditDateTime',
      'infectionName',
      'criticalValue',
      'reportStatus',
    ])
  })

  it('sends an empty finding as an empty text, never as nothing', () => {
    const silent = { ...exampleDossier, report: { ...report!, findings: '', impression: '' } }
    expect(mapPatientExam(silent)).toMatchObject({ imageDescription: '', conclusion: '' })
    expect(checkIndex(silent, warn).problems).toEqual([])
  })

  it('gives one doctor who wrote and audited the same value in both', () => {
    const alone = { ...exampleDossier, report: { ...report!, auditDoctor: undefined, approvedAt: undefined } }
    expect(mapPatientExam(alone)).toMatchObject({
      reportDocName: '李医生',
      auditDocName: '李医生',
      auditDocCode: '0301',
      auditDateTime: '2026-03-05 10:20:00',
    })
  })

  it.each([
    ['resident', '11010519491231002x', { idCardNo: '11010519491231002X' }],
    ['passport', 'E12345678', { otherNoType: '19', otherNo: 'E12345678' }],
    ['hong-kong-macau-permit', 'H01234567', { otherNoType: '4', otherNo: 'H01234567' }],
    ['hong-kong-macau-permit', 'M01234567', { otherNoType: '5', otherNo: 'M01234567' }],
    ['taiwan-permit', '01234567', { otherNoType: '6', otherNo: '01234567' }],
    ['residence-permit', '810000199408230021', { otherNoType: '17', otherNo: '810000199408230021' }],
    ['foreign-permanent-residence', 'USA123', { otherNoType: '7', otherNo: 'USA123' }],
    ['military', '军字第1', { otherNoType: '21', otherNo: '军字第1' }],
    ['other', 'X', { otherNoType: '99', otherNo: 'X' }],
  ] as const)('sends a %s number %s as %j', (kind, number, expected) => {
    const { idCardNo, otherNoType, otherNo } = mapPatientExam(withPatient({ identity: { kind, number } }))
    expect({ idCardNo, otherNoType, otherNo }).toEqual({
      idCardNo: undefined,
      otherNoType: undefined,
      otherNo: undefined,
      ...expected,
    })
  })

  it('has a code for every category, sex, age unit and modality', () => {
    const types = examCategorySchema.options.map((category) => mapPatientExam(withExam({ category })).patientType)
    expect(types).toEqual(['1', '2', '3', '4', '9'])
    const sexes = (['M', 'F', 'O'] as const).map((sex) => mapPatientExam(withPatient({ sex })).sex)
    expect(sexes).toEqual(['1', '2', '9'])
    const units = ['2026-03-01', '2025-10-01', '2000-01-01'].map(
      (birthDate) => mapPatientExam(withPatient({ birthDate })).patientAgeUnit,
    )
    expect(units).toEqual(['3', '2', '1'])
    for (const modality of modalitySchema.options) expect(checkIndex(withExam({ modality }), warn).problems).toEqual([])
    expect(mapPatientExam(withExam({ modality: 'ECG' })).modality).toBe('OT')
  })

  it('leaves a price out that does not fit N6,2', () => {
    expect(mapPatientExam(withExam({ price: 999.99 })).price).toBe(999.99)
    const dear = withExam({ price: 1200 })
    expect(mapPatientExam(dear)).not.toHaveProperty('price')
  })
})

describe('the limits of the provincial document', () => {
  const problems = (changes: Partial<typeof exam>) => checkIndex(withExam(changes), warn).problems.map((p) => p.text)

  it('count bytes in GB 18030: two for a Chinese character, one for a letter, four for a rare one', () => {
    expect(problems({ itemName: '胸'.repeat(10) })).toEqual([])
    expect(problems({ itemName: `${'胸'.repeat(10)}A` })).toEqual([
      '检查项目名称超长：21 字节，上限 20（一个汉字算 2）',
    ])
    expect(problems({ itemName: 'A'.repeat(20) })).toEqual([])
    expect(problems({ itemName: '𠮷'.repeat(5) })).toEqual([])
    expect(problems({ itemName: '𠮷'.repeat(6) })).toEqual(['检查项目名称超长：24 字节，上限 20（一个汉字算 2）'])
  })

  it('stop an over-long code or name, and name a doctor of six characters', () => {
    const long = { ...exampleDossier, report: { ...report!, reportDoctor: { code: '0301', name: '买买提江·阿' } } }
    expect(checkIndex(long, warn).problems).toMatchObject([{ kind: 'too-long', name: 'reportDocName' }])
  })

  it('let a long finding through with a warning, or stop it where the setting says so', () => {
    const findings =
      '胸廓对称，两肺纹理稍增多，肺野内未见明显实质性浸润；两侧肺门稍浓。心脏大小、形态在正常范围之内。膈肌平滑，双侧肋膈角锐利。'
    const long = { ...exampleDossier, report: { ...report!, findings } }
    expect(checkIndex(long, warn)).toMatchObject({
      problems: [],
      warnings: [{ name: 'imageDescription', kind: 'too-long' }],
    })
    expect(checkIndex(long, { narrativeLimit: 'block' })).toMatchObject({
      problems: [{ name: 'imageDescription' }],
      warnings: [],
    })
    expect(mapPatientExam(long).imageDescription).toBe(findings)
  })

  it('let a UID of 64 characters through with a warning', () => {
    const uid = `1.2.${'3'.repeat(60)}`
    const body = {
      hospitalCode: 'S',
      accessNumber: 'A',
      studyUid: uid,
      seriesUid: '1.2',
      instanceUid: '1.3',
      dicomFile: {},
    }
    expect(checkBody(uploadDicomFields, body, 'block')).toMatchObject({
      problems: [],
      warnings: [{ name: 'studyUid' }],
    })
  })

  it('name what is missing in Chinese', () => {
    const texts = checkIndex({ ...withPatient({ phone: undefined }), report: undefined }, warn).problems.map(
      (p) => p.text,
    )
    expect(texts).toContain('缺少手机号')
    expect(texts).toContain('缺少检查所见')
    expect(texts).toContain('缺少报告医师姓名')
  })

  it('stop an identity number whose check character does not fit', () => {
    const mistyped = withPatient({ identity: { kind: 'resident', number: '110105194912310021' } })
    expect(checkIndex(mistyped, warn).problems).toMatchObject([{ kind: 'not-an-identity-number', name: 'idCardNo' }])
    expect(JSON.stringify(checkIndex(mistyped, warn))).not.toContain('110105194912310021')
  })

  it('refuse other times, codes and types', () => {
    const body = mapPatientExam(exampleDossier)
    const kinds = (changes: object) => checkBody(patientExamFields, { ...body, ...changes }).problems.map((p) => p.kind)
    expect(kinds({ regTime: '20260305T100000' })).toEqual(['not-a-time'])
    expect(kinds({ regTime: '2026-02-30 10:00:00' })).toEqual(['not-a-time'])
    expect(kinds({ sex: '3' })).toEqual(['not-in-list'])
    expect(kinds({ patientId: 5 })).toEqual(['not-in-list'])
    expect(kinds({ price: 1.234 })).toEqual(['not-a-number'])
    expect(kinds({ price: '85.50' })).toEqual(['not-a-number'])
  })
})

describe('projectContrast', () => {
  it('has the shape of the example and the code of the table', () => {
    expect(mapProject('HSX00923', { code: 'CTXBPS', name: 'CT胸部（平扫）', modality: 'CT', price: 285 })).toEqual({
      hospitalCode: 'HSX00923',
      projects: [
        {
          projectItemName: 'CT胸部（平扫）',
          projectItemCode: 'CTXBPS',
          type: '2',
          sampleTypeCode: '99',
          price: 285,
          standardProjectList: [],
        },
      ],
    })
  })
})
