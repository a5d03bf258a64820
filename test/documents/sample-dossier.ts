import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import type { ReportVersion } from '../../shared/models/report.ts'

/** An ultrasound of the abdomen on 5 January 2026, written and approved in the morning. Three rare characters: 䶮 㛃 𬭎. */
export const sampleReport: ReportVersion = {
  examId: 'exam-1',
  version: 1,
  state: 'released',
  findings:
    '肝脏大小形态正常，包膜光整，实质回声均匀，门静脉主干内径约 11 mm。\n胆囊大小约 68×29 mm，壁厚 4 mm，毛糙，腔内见一枚强回声团，大小约 12×9 mm，后方伴声影，随体位改变移动。',
  impression: '1. 胆囊结石，胆囊壁毛糙。\n2. 肝未见明显异常。',
  positive: 'positive',
  critical: false,
  infectious: false,
  advice: '三个月后复查。',
  reportDoctor: { code: 'D01', name: '王𬭎' },
  auditDoctor: { code: 'D02', name: '赵明' },
  writtenAt: Date.parse('2026-01-05T10:00:00+08:00'),
  writtenBy: 'user-1',
  submittedAt: Date.parse('2026-01-05T10:10:00+08:00'),
  submittedBy: 'user-1',
  approvedAt: Date.parse('2026-01-05T10:20:00+08:00'),
  approvedBy: 'user-2',
  releasedAt: Date.parse('2026-01-05T10:25:00+08:00'),
  releasedBy: 'user-2',
}

export const sampleDossier: ExamDossier = {
  institution: {
    id: 'institution-1',
    name: '长春市惠民综合门诊部',
    hospitalCode: '',
    hospitalId: '',
    unionId: '',
    phone: '0431-88886666',
  },
  patient: {
    id: 'patient-1',
    patientId: 'P26000012',
    name: '张䶮㛃',
    namePinyin: 'ZHANG YANJIE',
    sex: 'F',
    birthDate: '1991-05-06',
    identity: { kind: 'resident', number: '220104199105060023' },
    phone: '13900001234',
  },
  exam: {
    id: 'exam-1',
    institutionId: 'institution-1',
    patientRowId: 'patient-1',
    accessionNumber: 'US2601050001',
    studyInstanceUid: '2.25.1',
    modality: 'US',
    bodyPart: '上腹部',
    itemCode: 'US01',
    itemName: '肝胆胰脾彩超',
    category: 'outpatient',
    clinicNumber: 'MZ20260105001',
    applyDepartment: { code: 'K01', name: '内科' },
    applyDoctor: { code: 'D09', name: '李建国' },
    clinicalDiagnosis: '上腹部不适 3 天',
    registeredAt: Date.parse('2026-01-05T09:02:03+08:00'),
    registeredBy: 'user-3',
    scheduledAt: Date.parse('2026-01-05T09:10:00+08:00'),
  },
  report: sampleReport,
  instances: [],
  settledAt: undefined,
  studyDateTime: '2026-01-05 09:30:12',
  delivered: [],
}

export const withReport = (change: Partial<ReportVersion>): ExamDossier => ({
  ...sampleDossier,
  report: { ...sampleReport, ...change },
})
