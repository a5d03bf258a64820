import { describe, expect, it } from 'vitest'
import { checkAimisBody } from '../../shared/clouds/aimis/check-body.ts'
import { reportAddFields } from '../../shared/clouds/aimis/fields.ts'
import {
  aimisCountsOf,
  aimisStatusOf,
  mapGetStudyQr,
  mapReconcileLog,
  mapReconcileRangeLog,
  mapReportAdd,
  mapStudyAdd,
} from '../../shared/clouds/aimis/map-exam.ts'
import { studyAddFields } from '../../shared/clouds/aimis/study-add-fields.ts'
import { exampleDossier, tenInTheMorning } from './example-dossier.ts'

const { patient, exam } = exampleDossier

describe('study/add', () => {
  it('of a released chest X-ray is this request', () => {
    const counts = aimisCountsOf(exampleDossier, false)
    expect(mapStudyAdd(exampleDossier, aimisStatusOf(exampleDossier), counts)).toEqual({
      patientId: 'P26000001',
      patientName: '王秀英',
      patientSex: 'F',
      studyId: 'DX2603050001',
      accessNumber: 'DX2603050001',
      modality: 'DX',
      patientAge: '76',
      patientAgeUnit: 'Y',
      patientBirthday: '1949-12-31',
      size: '1.62',
      weight: '58',
      phoneNum: '13800138000',
      idCardNum: '11010519491231002X',
      homeAddress: '长春市朝阳区和平街 8 号',
      bodyPart: 'CHEST',
      studyDesc: '胸部正位',
      studyDate: '2026-03-05 10:04:30',
      appointDate: '2026-03-05 10:00:00',
      studyCategory: 'normal',
      applyDept: '内科',
      applyDoctor: '张医师',
      applyDeptId: '01',
      applyDoctorId: '0112',
      hisNum: 'H001',
      clinicNum: 'M001',
      examDept: '放射科',
      examDoctor: '赵技师',
      examDeptId: '02',
      examDoctorId: '0201',
      examInfo: '检查费用85.5元',
      diagnosis: '咳嗽待查',
      status: 'final',
      studyUid: '1.2.826.0.1.3680043.10.1.1',
      imageCnt: 3,
      reportCnt: 1,
      pdfCnt: 0,
      seriesCnt: 2,
    })
  })

  it('at registration has no images, no study time and the status registered', () => {
    const registered = { ...exampleDossier, report: undefined, instances: [], studyDateTime: '' }
    const body = mapStudyAdd(registered, aimisStatusOf(registered), aimisCountsOf(registered, true))
    expect(body).toMatchObject({ status: 'registered', imageCnt: 0, seriesCnt: 0, reportCnt: 0, pdfCnt: 0 })
    expect(body).not.toHaveProperty('studyDate')
  })

  it('never says null, undefined or an empty text', () => {
    const bare = { ...exampleDossier, patient: { ...patient, phone: ' ', homeAddress: '' } }
    const written = JSON.parse(JSON.stringify(mapStudyAdd(bare, 'final', aimisCountsOf(bare, false)))) as object
    for (const value of Object.values(written)) expect([null, '', 'null', undefined]).not.toContain(value)
    expect(written).not.toHaveProperty('phoneNum')
  })

  it('gives an infant an age in days or months, on the day of the exam', () => {
    const aged = (birthDate: string) => {
      const body = mapStudyAdd(
        { ...exampleDossier, patient: { ...patient, birthDate } },
        'final',
        aimisCountsOf(exampleDossier, false),
      )
      return [body.patientAge, body.patientAgeUnit]
    }
    expect(aged('2026-02-28')).toEqual(['5', 'D'])
    expect(aged('2025-04-04')).toEqual(['11', 'M'])
    expect(aged('2024-03-06')).toEqual(['23', 'M'])
    expect(aged('2024-03-05')).toEqual(['2', 'Y'])
  })

  it('puts each identity document where it belongs', () => {
    const identityFields = (kind: NonNullable<typeof patient.identity>['kind']) => {
      const dossier = { ...exampleDossier, patient: { ...patient, identity: { kind, number: 'N1' } } }
      const { idCardNum, hkAndMarcoPermitNum, passportNum, otherInfo } = mapStudyAdd(
        dossier,
        'final',
        aimisCountsOf(dossier, false),
      )
      return { idCardNum, hkAndMarcoPermitNum, passportNum, otherInfo }
    }
    expect(identityFields('resident')).toEqual({ idCardNum: 'N1' })
    expect(identityFields('hong-kong-macau-permit')).toEqual({ hkAndMarcoPermitNum: 'N1' })
    expect(identityFields('passport')).toEqual({ passportNum: 'N1' })
    expect(identityFields('taiwan-permit')).toEqual({ otherInfo: '台湾居民来往大陆通行证 N1' })
  })

  it('counts the report as one PDF only where it also goes as DICOM', () => {
    expect(aimisCountsOf(exampleDossier, true)).toEqual({ images: 3, series: 2, reports: 1, pdfs: 1 })
    expect(aimisCountsOf(exampleDossier, false).pdfs).toBe(0)
  })

  it('has the 50 fields of the document, six of them class A', () => {
    expect(studyAddFields).toHaveLength(50)
    const classA = studyAddFields.filter((f) => f.class === 'A').map((f) => f.name)
    expect(classA).toEqual(['patientId', 'patientName', 'patientSex', 'studyId', 'accessNumber', 'modality'])
  })
})

describe('the other AIMIS requests', () => {
  it('report/add is this', () => {
    expect(mapReportAdd(exampleDossier)).toEqual({
      reportNumber: 'DX2603050001-1',
      studyId: 'DX2603050001',
      accessNumber: 'DX2603050001',
      imageDescription: '双肺纹理清晰，未见实变。',
      conclusion: '心肺膈未见异常。',
      reportTime: '2026-03-05 10:20:00',
      reportDoctor: '李医生',
      auditTime: '2026-03-05 10:25:00',
      auditDoctor: '刘医生',
    })
  })

  it('report/add says when the report was first printed and by whom, once it was', () => {
    const reportPrint = { at: Date.parse('2026-03-05T23:59:09+08:00'), by: '王𬭎' }
    const printed = mapReportAdd({ ...exampleDossier, reportPrint })
    expect(printed).toEqual({
      ...mapReportAdd(exampleDossier),
      printTime: '2026-03-05 23:59:09',
      printDoctor: '王𬭎',
    })
    expect(checkAimisBody(reportAddFields, printed)).toEqual({ problems: [], recommended: [] })
    expect(checkAimisBody(reportAddFields, mapReportAdd(exampleDossier)).recommended).toEqual([])
  })

  it('getStudyQR, reconcilelog and reconcilerangelog are these', () => {
    expect(mapGetStudyQr(exampleDossier)).toEqual({
      studyId: 'DX2603050001',
      accessNumber: 'DX2603050001',
      patientId: 'P26000001',
    })
    const counts = aimisCountsOf(exampleDossier, false)
    const log = {
      studyId: 'DX2603050001',
      accessNumber: 'DX2603050001',
      studyUid: '1.2.826.0.1.3680043.10.1.1',
      studyDate: '2026-03-05 10:04:30',
      reportCnt: 1,
      pdfCnt: 0,
      seriesCnt: 2,
      imageCnt: 3,
    }
    expect(mapReconcileLog(exampleDossier, counts)).toEqual({ ...log, patientName: '王秀英' })
    const period = { from: tenInTheMorning - 86_400_000, to: tenInTheMorning }
    expect(mapReconcileRangeLog(period, [{ dossier: exampleDossier, counts }])).toEqual({
      startTime: '2026-03-04 10:00:00',
      endTime: '2026-03-05 10:00:00',
      studyList: [log],
    })
  })

  it('says the exam’s own study UID, also where the device made another: the copies that are sent carry it', () => {
    const own = exampleDossier.instances.map((i) => ({ ...i, studyInstanceUid: '1.2.3.4' }))
    expect(mapReconcileLog({ ...exampleDossier, instances: own }, aimisCountsOf(exampleDossier, false)).studyUid).toBe(
      exam.studyInstanceUid,
    )
  })
})
