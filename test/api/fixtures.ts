import type { StationForTests } from '../stand-ins/station-for-tests.ts'

export const registration = (name = '张伟', patient: object = {}) => ({
  patient: { name, sex: 'M' as const, birthDate: '1988-03-05', ...patient },
  exam: { modality: 'DR' as const, bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位' },
})

/** Everything that a hostile request could have changed. */
export async function everythingOf({ api }: StationForTests): Promise<string> {
  const [exams, accounts, settings, institutions, devices, destinations, audit, deliveries] = await Promise.all([
    api.examList(),
    api.accountList(),
    api.settingsRead(),
    api.institutionList(),
    api.deviceList(),
    api.destinationList(),
    api.auditList(),
    api.deliveryList(),
  ])
  return JSON.stringify([exams, accounts, settings, institutions, devices, destinations, audit, deliveries])
}
