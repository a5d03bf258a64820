import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { visitSchema } from '../../shared/models/registration.ts'
import { codeOf, expectOk, openRooms, type Rooms, residentNumber } from '../db/rooms-for-tests.ts'

const chest = { modality: 'DR', bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位' }
const hand = { modality: 'DR', bodyPart: '手', itemCode: 'DR006', itemName: '手正斜位' }
const head = { modality: 'CT', bodyPart: '头颅', itemCode: 'CT002', itemName: '头颅平扫' }

const visit = (patient: Record<string, unknown>, exams: unknown[], rest: Record<string, unknown> = {}) =>
  visitSchema.parse({ patient: { name: '张伟', sex: 'M', birthDate: '1988-03-05', ...patient }, exams, ...rest })

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const register = (patient: Record<string, unknown>, exams: unknown[], rest?: Record<string, unknown>) =>
  rooms.exams.registerVisit(visit(patient, exams, rest), 'reg')

describe('several items at once', () => {
  test('each item is an exam with its own number, all of one person', () => {
    const exams = expectOk(register({}, [chest, hand, { ...head, infectious: true }]))
    expect(exams.map((exam) => exam.accessionNumber)).toEqual(['DR2611210001', 'DR2611210002', 'CT2611210001'])
    expect(new Set(exams.map((exam) => exam.studyInstanceUid)).size).toBe(3)
    expect(new Set(exams.map((exam) => exam.patientId)).size).toBe(1)
    expect(exams.map((exam) => exam.infectious ?? false)).toEqual([false, false, true])
    expect(rooms.count('patient')).toBe(1)
  })

  test('when one of them cannot be registered none is, and no number is lost', () => {
    expect(codeOf(register({}, [chest, { ...hand, institutionId: 'nowhere' }]))).toBe('NOT-FOUND')
    expect([rooms.count('exam'), rooms.count('patient')]).toEqual([0, 0])
    expect(expectOk(register({}, [chest]))[0]?.accessionNumber).toBe('DR2611210001')
  })
})

describe('the same item twice', () => {
  test('the same person, item and day asks first, and is taken when it is meant', () => {
    const identity = { kind: 'resident', number: residentNumber() }
    const [first] = expectOk(register({ identity }, [chest]))
    const again = register({ identity }, [hand, chest])
    expect(again).toMatchObject({
      ok: false,
      problem: { code: 'EXAM-DOUBLE', with: { item: '胸部正位', accessionNumber: first?.accessionNumber } },
    })
    expect(rooms.count('exam')).toBe(1)
    expect(expectOk(register({ identity }, [chest], { confirmDouble: true }))).toHaveLength(1)
  })

  test('a person without a document is recognised by name, sex and birth date; one with another document is not', () => {
    expectOk(register({}, [chest]))
    expect(codeOf(register({}, [chest]))).toBe('EXAM-DOUBLE')
    expect(codeOf(register({ sex: 'F' }, [chest]))).toBe('ok')
    const [one, other] = [residentNumber(), residentNumber()]
    expectOk(register({ name: '李丽', identity: { kind: 'resident', number: one } }, [chest]))
    expect(codeOf(register({ name: '李丽', identity: { kind: 'resident', number: other } }, [chest]))).toBe('ok')
  })

  test('twice in one registration asks too; another day or a cancelled exam does not', () => {
    expect(codeOf(register({}, [chest, chest]))).toBe('EXAM-DOUBLE')
    const [exam] = expectOk(register({}, [chest]))
    expectOk(rooms.exams.cancel(exam!.id, '登记错了', 'reg'))
    expect(codeOf(register({}, [chest]))).toBe('ok')
    rooms.advance(24 * 3600_000)
    expect(codeOf(register({}, [chest]))).toBe('ok')
  })
})

describe('who was here before', () => {
  test('is found by document, number, phone, name with birth date or name, with the last exams, the number masked', () => {
    const number = residentNumber()
    const identity = { kind: 'resident' as const, number }
    const [exam] = expectOk(register({ identity, phone: '13800138000' }, [chest]))
    rooms.advance(1000)
    expectOk(register({ identity, phone: '13800138000' }, [hand]))
    const find = rooms.exams.findReturning
    const byDocument = find({ identity })
    expect(byDocument).toHaveLength(1)
    expect(byDocument[0]?.lastExams.map((one) => one.itemName)).toEqual(['手正斜位', '胸部正位'])
    expect(byDocument[0]?.patient.identity?.number).toMatch(/^220\*+\d{3}[\dX]$/)
    expect(JSON.stringify(byDocument)).not.toContain(number)
    for (const query of [
      { patientId: exam!.patientId },
      { phone: '13800138000' },
      { name: '张伟', birthDate: '1988-03-05' },
      { name: '张伟' },
    ])
      expect(find(query).map(({ patient }) => patient.patientId)).toEqual([exam!.patientId])
    expect(find({ name: '张伟', birthDate: '1988-03-06' })).toEqual([])
    expect(find({})).toEqual([])
  })

  test('the best reason comes first and a person stands once', () => {
    const identity = { kind: 'resident' as const, number: residentNumber() }
    expectOk(register({}, [chest]))
    expectOk(register({ identity }, [hand]))
    const found = rooms.exams.findReturning({ name: '张伟', birthDate: '1988-03-05', identity })
    expect(found.map(({ reasons }) => reasons)).toEqual([['identity', 'name-and-birth-date'], ['name-and-birth-date']])
  })

  test('the chosen person keeps the document that the desk saw masked only', () => {
    const identity = { kind: 'resident', number: residentNumber() }
    expectOk(register({ identity, namePinyin: 'CHEUNG WAI' }, [chest]))
    const [known] = rooms.exams.findReturning({ name: '张伟' })
    const masked = known!.patient.identity!
    const [exam] = expectOk(
      register({ identity: masked, phone: '13900139000' }, [hand], { patientRowId: known!.patient.id }),
    )
    expect(rooms.count('patient')).toBe(1)
    const { patient } = rooms.exams.read(exam!.id)!
    expect(patient.identity?.number).toBe(identity.number)
    expect(patient.phone).toBe('13900139000')
    expect(patient.namePinyin).toBe('CHEUNG WAI')
  })

  test('another name or another number of the same kind is another person and refused', () => {
    expectOk(register({ identity: { kind: 'resident', number: residentNumber() } }, [chest]))
    const patientRowId = rooms.exams.findReturning({ name: '张伟' })[0]!.patient.id
    expect(codeOf(register({ name: '张玮' }, [hand], { patientRowId }))).toBe('PATIENT-OTHER')
    const identity = { kind: 'resident', number: residentNumber() }
    expect(codeOf(register({ identity }, [hand], { patientRowId }))).toBe('PATIENT-OTHER')
    expect(codeOf(register({}, [hand], { patientRowId: 'gone' }))).toBe('NOT-FOUND')
    expect(rooms.count('exam')).toBe(1)
  })
})

describe('items in use', () => {
  test("a person's own come first, most used first, then those of the others", () => {
    const day = (patient: string, exams: unknown[], actor: string) =>
      expectOk(rooms.exams.registerVisit(visit({ name: patient }, exams), actor))
    day('甲', [hand, chest], 'reg')
    day('乙', [hand], 'reg')
    day('丙', [head, chest], 'other')
    expect(rooms.exams.itemsInUse('reg').map(({ itemName, mine, all }) => [itemName, mine, all])).toEqual([
      ['手正斜位', 2, 2],
      ['胸部正位', 1, 2],
      ['头颅平扫', 0, 1],
    ])
    expect(rooms.exams.itemsInUse('reg', 'CT').map(({ itemName }) => itemName)).toEqual(['头颅平扫'])
  })

  test('a code that changed is offered as it was registered last', () => {
    expectOk(register({ name: '甲' }, [chest]))
    rooms.advance(1000)
    expectOk(register({ name: '乙' }, [{ ...chest, itemCode: 'D-100', bodyPart: '胸' }]))
    expect(rooms.exams.itemsInUse('reg')).toEqual([
      { modality: 'DR', itemCode: 'D-100', itemName: '胸部正位', bodyPart: '胸', initials: 'XBZW', mine: 2, all: 2 },
    ])
  })
})
