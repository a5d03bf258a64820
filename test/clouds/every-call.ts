import { createAimisClient } from '../../shared/clouds/aimis/client.ts'
import { createAimisServiceClient } from '../../shared/clouds/aimis/internet-hospital-client.ts'
import * as aimisMap from '../../shared/clouds/aimis/map-exam.ts'
import { mapAimisPatient } from '../../shared/clouds/aimis/map-patient.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import type { HttpTransport } from '../../shared/clouds/http-transport.ts'
import type { JilinCall } from '../../shared/clouds/jilin/answers.ts'
import { createJilinClient, type JilinClient } from '../../shared/clouds/jilin/client.ts'
import { mapPatientExam } from '../../shared/clouds/jilin/map-exam.ts'
import { mapProject } from '../../shared/clouds/jilin/map-project.ts'
import type { TokenStore } from '../../shared/clouds/jilin/token.ts'
import { fileInMemory } from '../../shared/clouds/jilin/upload-form.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { dicomFile } from './dicom-file.ts'
import { exampleDossier } from './example-dossier.ts'

/** Where a call goes, and by what. `clock`: the station's. */
export type CallSite = { readonly url: string; readonly transport: HttpTransport; readonly clock: () => number }

export const aimisAccount = { appId: 'clinic-001', token: '0123456789abcdef0123456789abcdef' } as const
export const jilinAccount = { uid: 'ADSADT12', appSecret: 'meCG2Tz5PocVGEcoaM2Nvw==' } as const

/** Nobody may read any of these in a reason. */
export const personal: readonly string[] = [
  '王秀英',
  'WANG',
  '13800138000',
  '11010519491231002X',
  '和平街 8 号',
  '双肺纹理',
  aimisAccount.token,
  jilinAccount.appSecret,
]

const counts = aimisMap.aimisCountsOf(exampleDossier, false)
const patient = mapAimisPatient(exampleDossier)

function aimisClients({ url, transport, clock }: CallSite) {
  const settings = {
    ...aimisAccount,
    gatewayUrl: url,
    serviceUrl: url,
    signatureEncoding: 'hex',
    edition: '2025',
    hospitalId: 'H9',
    unionId: 'U9',
  } as const
  return {
    gateway: createAimisClient({ settings, transport, clock }),
    service: createAimisServiceClient({ settings, transport, clock }),
  }
}

type Run = (site: CallSite) => Promise<CloudOutcome>

/** Every call of AIMIS, with an exam that it takes. */
export const aimisRuns: Readonly<Record<string, Run>> = {
  'study/add': (site) => aimisClients(site).gateway.studyAdd(aimisMap.mapStudyAdd(exampleDossier, 'final', counts)),
  'report/add': (site) => aimisClients(site).gateway.reportAdd(aimisMap.mapReportAdd(exampleDossier)),
  getStudyQR: (site) => aimisClients(site).gateway.getStudyQr(aimisMap.mapGetStudyQr(exampleDossier)),
  'study/delete': (site) => aimisClients(site).gateway.studyDelete(aimisMap.mapStudyDelete(exampleDossier)),
  reconcilelog: (site) => aimisClients(site).gateway.reconcileLog(aimisMap.mapReconcileLog(exampleDossier, counts)),
  reconcilerangelog: (site) =>
    aimisClients(site).gateway.reconcileRangeLog(
      aimisMap.mapReconcileRangeLog({ from: 0, to: 1 }, [{ dossier: exampleDossier, counts }]),
    ),
  patientStudies: (site) =>
    aimisClients(site).service.patientStudies({
      ...patient,
      studyType: 0,
      dataFlag: 0,
      usage: 2,
      studyDateBegin: '2026-03-01 00:00:00',
      studyDateEnd: '2026-03-31 23:59:59',
    }),
  patientConsultations: (site) => aimisClients(site).service.patientConsultations(patient),
  patientReportUrl: (site) => aimisClients(site).service.patientReportUrl({ ...patient, reportId: 'R-DX2603050001' }),
}

const names = { hospitalCode: 'SAF2313', accessNumber: 'DX2603050001' }
const uids = { studyUid: '1.2.3', seriesUid: '1.2.3.4', instanceUid: '1.2.3.4.5' }
const image = dicomFile({ accessionNumber: names.accessNumber, ...uids })
const asker = { queryDocName: '李医生', queryDocCode: '0301' }
const department = { queryDeptName: '放射科', queryDeptCode: '02' }
const mac = 'AA-BB-CC-DD-EE-FF'
const retrivalTime = '2026-03-05 10:30:00'
const pdf = Buffer.from('%PDF-1.7\nx\n%%EOF\n')

/** GB/T 32918.5, annex C. */
export const sm2Keys = {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
} as const

/** Every call of the provincial cloud but getToken, with an exam that it takes. */
const jilinBodies: Readonly<Record<Exclude<JilinCall, 'getToken'>, (client: JilinClient) => Promise<CloudOutcome>>> = {
  projectContrast: (client) =>
    client.projectContrast(mapProject('SAF2313', { code: 'X1001', name: '胸部正位', modality: 'DX' })),
  savePatientExam: (client) => client.savePatientExam(mapPatientExam(exampleDossier)),
  uploadDicom: (client) => client.uploadDicom({ ...names, ...uids, file: fileInMemory(image) }),
  saveExamPdf: (client) => client.saveExamPdf({ ...names, pdf: fileInMemory(pdf) }),
  getdigitalImageUrl: (client) => client.getDigitalImageUrl({ hospitalCode: 'SAF2313', examId: '1' }),
  queryFormerlyExam: (client) =>
    client.queryFormerlyExam({
      searchType: '1',
      idCardNo: '11010519491231002X',
      patientName: '王秀英',
      ...asker,
      ...department,
      mac,
    }),
  queryExamPdfData: (client) => client.queryExamPdfData({ accessNumber: names.accessNumber, ...asker }),
  saveReminderCallRecord: (client) =>
    client.saveReminderCallRecord({ examId: '1', ...asker, retrivalTime, retrivaType: '1', searchType: '1', mac }),
  saveRecognExamRecord: (client) =>
    client.saveRecognExamRecord({
      examId: '1',
      queryDocCode: '0301',
      retrivalTime,
      recognFlag: '0',
      quoteFlag: '0',
      reason: '影像质量不足',
      mac,
    }),
}

export function jilinClient({ url, transport, clock }: CallSite, tokens: TokenStore): JilinClient {
  const settings = jilinSettingsSchema.parse({ baseUrl: url, ...jilinAccount, sm2PublicKey: sm2Keys.publicKey })
  return createJilinClient({ settings, tokens, transport, clock })
}

export function tokensInMemory(): TokenStore {
  let kept: Awaited<ReturnType<TokenStore['read']>>
  return {
    read: () => kept,
    write: (record) => {
      kept = record
    },
  }
}

/** Runs one call of the provincial cloud; all but getToken begin with a good token when `withToken` brings one. */
export const jilinRuns: Readonly<Record<JilinCall, (client: JilinClient) => Promise<CloudOutcome>>> = {
  getToken: (client) => client.getToken(),
  ...jilinBodies,
}
