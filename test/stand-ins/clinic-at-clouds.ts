import type { SimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import type { SimulatedJilin } from '../../electron/training/simulated-jilin.ts'

// A clinic, its first patient and the accounts that it has at the simulated clouds.

export const clinic = {
  name: '晨光门诊部',
  hospitalCode: '220100001',
  hospitalId: 'H1',
  unionId: 'U1',
  phone: '0431-88880000',
} as const

export const zhangWei = {
  name: '张伟',
  sex: 'M',
  birthDate: '1990-03-07',
  identity: { kind: 'resident', number: '110105199003070017' },
  phone: '13800000001',
} as const

export const chest = {
  modality: 'DR',
  bodyPart: '胸部',
  itemCode: 'DR001',
  itemName: '胸部正位',
  applyDepartment: { code: '01', name: '内科' },
  applyDoctor: { code: '1001', name: '赵医生' },
  examDepartment: { code: '09', name: '放射科' },
  examDoctor: { code: '9001', name: '陈技师' },
} as const

export const aimisToken = 'Tk3n-of-aimis-0123456789abcdefgh'
export const aimisAccount = { appId: 'app-1', token: aimisToken }
export const jilinAccount = { uid: 'clinic', appSecret: 'secret' }

/** What staff type in for a cloud. */
export const aimisDestination = (
  cloud: Pick<SimulatedAimis, 'url'>,
  dicom: { readonly aeTitle: string; readonly host: string; readonly port: number },
  name = '腾讯影像云',
) => ({
  kind: 'aimis' as const,
  name,
  settings: {
    gatewayUrl: cloud.url,
    serviceUrl: cloud.url,
    ...aimisAccount,
    hospitalId: clinic.hospitalId,
    unionId: clinic.unionId,
    dicom,
  },
})

export const jilinDestination = (
  { url, sm2PublicKey }: Pick<SimulatedJilin, 'url' | 'sm2PublicKey'>,
  { name = '省影像云', holdMinutes = 0 } = {},
) => ({
  kind: 'jilin' as const,
  name,
  settings: { baseUrl: url, ...jilinAccount, sm2PublicKey, holdMinutes },
})
