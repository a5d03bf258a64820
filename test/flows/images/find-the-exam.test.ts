import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SamplePatient } from '../../../electron/training/sample-instance.ts'
import { newUid } from '../../../shared/text/dicom-values.ts'
import { type ImageClinic, openImageClinic } from '../../stand-ins/image-clinic.ts'

let clinic: ImageClinic
beforeAll(async () => {
  clinic = await openImageClinic()
}, 60_000)
afterAll(() => clinic.close())

const typed = (name: string, more: Partial<SamplePatient> = {}): SamplePatient => ({
  name,
  patientId: '',
  sex: '',
  birthDate: '',
  ...more,
})
let day = 0
/** A person nobody else is: born on a day of their own. */
const somebody = (name: string, sex: 'M' | 'F' = 'M', birthDate = born()) => ({
  name,
  sex,
  birthDate,
  identity: undefined,
})
const born = () => new Date(Date.UTC(1960, 0, 1 + day++ * 3)).toISOString().slice(0, 10)

describe('two people who could be meant', () => {
  test('of the same name on one day: the name alone attaches to nobody', async () => {
    const one = await clinic.register(somebody('王芳', 'F'))
    const other = await clinic.register(somebody('王芳', 'F'))
    const { studyInstanceUid } = await clinic.send({ patient: typed('王芳', { sex: 'F' }) })
    expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
    const inTray = (await clinic.api().trayList()).find((x) => x.header.studyInstanceUid === studyInstanceUid)!
    expect(inTray.candidates.map((x) => x.examId).sort()).toEqual([one.id, other.id].sort())
  })
  test('of the same pinyin: 章薇 is not 张伟, and ZHANG^WEI is neither', async () => {
    const wei = await clinic.register(somebody('张伟', 'F'))
    const vivi = await clinic.register(somebody('章薇', 'F'))
    const inPinyin = clinic.device('DR1', 'pinyin').takeImages({ patient: typed('张伟'), instances: 1, modality: 'DX' })
    await clinic.sendObjects(inPinyin.objects)
    expect(await clinic.whereIs(inPinyin.studyInstanceUid)).toBe('tray')
    const written = await clinic.send({ patient: typed('章薇') })
    expect(await clinic.whereIs(written.studyInstanceUid)).not.toBe(wei.id)
    const withDate = await clinic.send({
      patient: typed('章薇', { birthDate: (await clinic.page(vivi.id)).patient.birthDate }),
    })
    expect([vivi.id, 'tray']).toContain(await clinic.whereIs(withDate.studyInstanceUid))
  })
  test('the same person with two exams of one modality: the tray asks', async () => {
    const person = somebody('刘洋')
    const one = await clinic.register({ ...person, identity: { kind: 'passport', number: 'E88000001' } })
    const two = await clinic.register(
      { ...person, identity: { kind: 'passport', number: 'E88000001' } },
      { bodyPart: '腹部', itemCode: 'DR009', itemName: '腹部立位' },
    )
    expect(two.patientId).toBe(one.patientId)
    const { studyInstanceUid } = await clinic.send({ patient: typed('刘洋', { ...person, patientId: one.patientId }) })
    expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
  })
})

describe('what an operator types wrong', () => {
  test("yesterday's accession number under today's name", async () => {
    const old = await clinic.register(somebody('赵敏', 'F'))
    const now = await clinic.register(somebody('孙权'))
    const { studyInstanceUid } = await clinic.send({
      patient: typed('孙权', {
        patientId: now.patientId,
        sex: 'M',
        birthDate: (await clinic.page(now.id)).patient.birthDate,
      }),
      accessionNumber: old.accessionNumber,
    })
    expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
  })
  test("another's accession number and nothing but a name", async () => {
    const old = await clinic.register(somebody('周瑜'))
    const { studyInstanceUid } = await clinic.send({ patient: typed('黄盖'), accessionNumber: old.accessionNumber })
    expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
  })
  test("another's PatientID, one digit off, with the right name", async () => {
    const right = await clinic.register(somebody('吴用'))
    const neighbour = await clinic.register(somebody('公孙胜'))
    const { studyInstanceUid } = await clinic.send({
      patient: typed('吴用', {
        patientId: neighbour.patientId,
        sex: 'M',
        birthDate: (await clinic.page(right.id)).patient.birthDate,
      }),
    })
    expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
  })
  test("another's PatientID with a right name that has the same pinyin", async () => {
    const right = await clinic.register(somebody('李丽', 'F'))
    const neighbour = await clinic.register(somebody('黎莉', 'F'))
    const { studyInstanceUid } = await clinic.send({ patient: typed('李丽', { patientId: neighbour.patientId }) })
    expect(await clinic.whereIs(studyInstanceUid)).not.toBe(neighbour.id)
    expect(right.id).not.toBe(neighbour.id)
  })
  test('the name in swapped order goes to nobody else', async () => {
    const right = await clinic.register(somebody('高山'))
    const other = await clinic.register(somebody('山高'))
    const { studyInstanceUid } = await clinic.send({
      patient: typed('山高', { birthDate: (await clinic.page(right.id)).patient.birthDate }),
    })
    expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
    expect(other.id).not.toBe(right.id)
  })
  test('no name at all, an accession number that fits, and another sex and birth date', async () => {
    const exam = await clinic.register(somebody('钱进'))
    const { studyInstanceUid } = await clinic.send({
      patient: typed('', { sex: 'F', birthDate: '2001-01-01' }),
      accessionNumber: exam.accessionNumber,
    })
    expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
  })
  test('EMERGENCY^PATIENT with the default id of the device is nobody', async () => {
    await clinic.register(somebody('急诊', 'M'))
    const { studyInstanceUid } = await clinic.send({ patient: typed('', { patientId: '1' }) })
    expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
  })
})

describe('what a device does wrong', () => {
  test('it uses the StudyInstanceUID of the patient before: nothing of the next one stands in the exam unseen', async () => {
    const first = await clinic.register(somebody('冯一'))
    const second = await clinic.register(somebody('冯二', 'F'))
    const p1 = (await clinic.page(first.id)).patient
    const p2 = (await clinic.page(second.id)).patient
    const sent = await clinic.send({
      patient: typed(p1.name, { patientId: first.patientId, sex: 'M', birthDate: p1.birthDate }),
      accessionNumber: first.accessionNumber,
    })
    expect(await clinic.whereIs(sent.studyInstanceUid)).toBe(first.id)
    const next = await clinic.send({
      patient: typed(p2.name, { patientId: second.patientId, sex: 'F', birthDate: p2.birthDate }),
      accessionNumber: second.accessionNumber,
      studyInstanceUid: sent.studyInstanceUid,
    })
    const foreign = next.objects[0]!.sopInstanceUid
    const ofFirst = await clinic.page(first.id)
    const seen = ofFirst.studies.flatMap((one) => one.instances.map((x) => x.sopInstanceUid))
    const told = ofFirst.mismatches.map((one) => one.key)

    if (seen.includes(foreign)) expect(told).toEqual(expect.arrayContaining(['patient-name', 'patient-sex']))
  })
  test('it takes the UID that the worklist gave the patient before, from the first image on', async () => {
    const first = await clinic.register(somebody('卫三'))
    const second = await clinic.register(somebody('蒋四', 'F'))
    const p2 = (await clinic.page(second.id)).patient
    const sent = await clinic.send({
      patient: typed(p2.name, { patientId: second.patientId, sex: 'F', birthDate: p2.birthDate }),
      accessionNumber: second.accessionNumber,
      studyInstanceUid: first.studyInstanceUid,
    })
    expect(await clinic.whereIs(sent.studyInstanceUid)).toBe('tray')
  })
  test('GB18030 is declared as Latin-1: the right person or the tray', async () => {
    const exam = await clinic.register(somebody('沈括'))
    const { patient } = await clinic.page(exam.id)
    const taken = clinic.device('OLD1').takeImages({
      patient: { name: '沈括', patientId: '', sex: 'M', birthDate: patient.birthDate },
      instances: 1,
      modality: 'DX',
    })
    const objects = taken.objects.map((one) => ({ ...one, dataSet: declaredAs(one.dataSet, 'ISO_IR 100') }))
    await clinic.sendObjects(objects, 'OLD1')
    const where = await clinic.whereIs(taken.studyInstanceUid)

    expect([exam.id, 'tray']).toContain(where)
  })
  test('two images of one study under two names: not attached without a word', async () => {
    const exam = await clinic.register(somebody('韩愈'))
    const other = await clinic.register(somebody('杨朔'))
    const uid = newUid()
    const first = clinic
      .device()
      .takeImages({ patient: typed('韩愈', { patientId: exam.patientId }), instances: 1, studyInstanceUid: uid })
    const second = clinic
      .device()
      .takeImages({ patient: typed('杨朔', { patientId: other.patientId }), instances: 1, studyInstanceUid: uid })
    await clinic.sendObjects([...first.objects, ...second.objects])
    await clinic.whereIs(uid)
  })
})

/** The same bytes under another SpecificCharacterSet, the first element. */
function declaredAs(dataSet: Buffer, name: string): Buffer {
  const value = Buffer.from(name.length % 2 ? `${name} ` : name, 'latin1')
  const head = Buffer.from(dataSet.subarray(0, 8))
  const rest = dataSet.subarray(8 + head.readUInt16LE(6))
  head.writeUInt16LE(value.length, 6)
  return Buffer.concat([head, value, rest])
}
