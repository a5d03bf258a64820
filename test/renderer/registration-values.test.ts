import { describe, expect, test } from 'vitest'
import { readBirthDate } from '../../renderer/clinic/read-birth-date.ts'
import { digitOf } from '../../renderer/features/register/digit-of.ts'
import { identityCheck } from '../../renderer/features/register/identity-check.ts'
import {
  firstEmptyField,
  returningQueryOf,
  surelyReturning,
  valuesOfCard,
  valuesOfReturning,
} from '../../renderer/features/register/patient-values.ts'
import {
  changesOf,
  nextValues,
  type RegistrationValues,
  visitOf,
} from '../../renderer/features/register/registration-values.ts'
import { firstItems, itemMatches, itemsFor, withItem } from '../../renderer/features/register/usual-items.ts'
import { type ReturningPatient, visitSchema } from '../../shared/models/registration.ts'
import { readingOfText } from '../../shared/text/person-name.ts'

const filled: RegistrationValues = {
  patient: { name: ' 张三 ', sex: 'M', birthDate: '1990-03-07', phone: '', identity: { kind: 'resident', number: '' } },
  exam: {
    modality: 'DR',
    itemCode: 'DR001',
    itemName: '胸部正位',
    category: 'emergency',
    applyDoctor: { name: '周申请' },
    ward: { code: 'W1' },
  },
}

describe('what is registered', () => {
  test('is what was filled in: empty fields and halves without a name stay out', () => {
    const body = visitOf(filled)
    expect(body.patient).toEqual({ name: '张三', sex: 'M', birthDate: '1990-03-07' })
    expect(body.exams).toHaveLength(1)
    expect(body.exams[0]).toMatchObject({ itemCode: 'DR001', applyDoctor: { name: '周申请' } })
    expect(body.exams[0]).not.toHaveProperty('ward')
    expect(visitSchema.safeParse(body).success).toBe(true)
  })

  test('is every item that was chosen, in its order, with what they share', () => {
    const hand = { modality: 'CT', itemCode: 'CT002', itemName: '头颅平扫', bodyPart: '头颅', initials: '' } as const
    const items = (values: RegistrationValues) =>
      visitOf(values).exams.map(({ modality, itemName }) => [modality, itemName])
    expect(items({ ...filled, others: [hand] })).toEqual([
      ['CT', '头颅平扫'],
      ['DR', '胸部正位'],
    ])
    expect(items({ ...filled, exam: { ...filled.exam, itemName: '', itemCode: '' }, others: [hand] })).toEqual([
      ['CT', '头颅平扫'],
    ])
    expect(visitOf({ ...filled, others: [hand] }).exams[0]).toMatchObject({
      category: 'emergency',
      applyDoctor: { name: '周申请' },
    })
  })

  test('names the returning person who was chosen', () => {
    const known = { rowId: 'row-1', name: '张三', patientId: 'P1' }
    expect(visitOf({ ...filled, known }).patientRowId).toBe('row-1')
    expect(visitOf(filled)).not.toHaveProperty('patientRowId')
  })

  test('leaves the next patient the device and the doctor, and nothing of the person, its emergency or infection', () => {
    const next = nextValues({ ...filled, exam: { ...filled.exam, infectious: true } })
    expect(next.patient).toEqual({ identity: { kind: 'resident' } })
    expect(next.exam).toEqual({ modality: 'DR', category: 'outpatient', applyDoctor: { name: '周申请' } })
    expect(nextValues({ ...filled, exam: { category: 'checkup' } }).exam.category).toBe('checkup')
  })
})

describe('a correction', () => {
  test('sends only what was changed', () => {
    const after = { ...filled, patient: { ...filled.patient, name: '张叁' } }
    expect(changesOf(filled, after)).toEqual({ patient: { name: '张叁' } })
    expect(changesOf(filled, filled)).toEqual({})
    const flagged = (infectious: boolean | undefined) => ({ ...filled, exam: { ...filled.exam, infectious } })
    expect(changesOf(flagged(undefined), flagged(false))).toEqual({})
    expect(changesOf(flagged(undefined), flagged(true))).toEqual({ exam: { infectious: true } })
    expect(changesOf(flagged(true), flagged(false))).toEqual({ exam: { infectious: false } })
  })

  test('can empty a text and a doctor', () => {
    const before: RegistrationValues = {
      patient: { phone: '13800138000' },
      exam: { applyDoctor: { code: '', name: '周申请' } },
    }
    const after: RegistrationValues = { patient: { phone: '' }, exam: { applyDoctor: { code: '', name: '' } } }
    expect(changesOf(before, after)).toEqual({
      patient: { phone: '' },
      exam: { applyDoctor: { code: '', name: '' } },
    })
  })
})

describe('the identity number', () => {
  test('is checked for the cards that have a check digit', () => {
    expect(identityCheck('resident', '11010519491231002X')).toMatchObject({ ok: true, sex: 'F' })
    expect(identityCheck('resident', '110105194912310021')).toMatchObject({ ok: false, problem: 'check-digit' })
    expect(identityCheck('passport', 'E1234')).toBeUndefined()
  })

  test('is left alone while it is masked or empty', () => {
    expect(identityCheck('resident', '110***********002X')).toBeUndefined()
    expect(identityCheck('resident', ' ')).toBeUndefined()
  })
})

test('a birth date is read as staff type it', () => {
  for (const typed of ['19900307', '1990-3-7', '1990/03/07', '1990.3.7', '1990年3月7日', ' 19900307 '])
    expect(readBirthDate(typed)).toBe('1990-03-07')
  for (const typed of ['1990', '19901307', '1990-02-30', '张三']) expect(readBirthDate(typed)).toBeUndefined()
})

describe('items', () => {
  const used = [
    { modality: 'DR', itemCode: 'B', itemName: '床旁胸片', bodyPart: '胸', initials: 'CPXP' },
    { modality: 'DR', itemCode: 'A', itemName: '胸部正位', bodyPart: '胸', initials: 'XBZW' },
    { modality: 'CT', itemCode: 'C', itemName: '头颅平扫', bodyPart: '头颅', initials: 'TLPS' },
  ] as const
  const [bedside, chest] = used

  test('in use come first, each once, those of the modality only', () => {
    const offered = itemsFor('DR', used)
    expect(offered.slice(0, 2).map((item) => item.itemCode)).toEqual(['B', 'A'])
    expect(offered.filter((item) => item.itemName === '胸部正位')).toHaveLength(1)
    expect(offered.every((item) => item.modality === 'DR')).toBe(true)
  })

  test('are found by name, code or the first letters of their pinyin', () => {
    for (const typed of ['正位', 'a', 'xbz']) expect(itemMatches(chest, typed)).toBe(true)
    expect(itemMatches(chest, 'cp')).toBe(false)
    for (const { itemName, initials } of firstItems)
      expect([
        itemName,
        readingOfText(itemName)
          .map(({ syllable }) => syllable.slice(0, 1))
          .join(''),
      ]).toEqual([itemName, initials])
  })

  test('chosen one after the other are all kept; the same one again changes nothing', () => {
    const first = withItem({}, [], chest)
    expect(first.others).toEqual([])
    const second = withItem(first.fields, first.others, bedside)
    expect([...second.others, second.fields].map((item) => item.itemName)).toEqual(['胸部正位', '床旁胸片'])
    const again = withItem(second.fields, second.others, bedside)
    expect([...again.others, again.fields].map((item) => item.itemName)).toEqual(['胸部正位', '床旁胸片'])
    const back = withItem(second.fields, second.others, chest)
    expect([...back.others, back.fields].map((item) => item.itemName)).toEqual(['床旁胸片', '胸部正位'])
  })

  test('are chosen by the digit’s key, with an input method switched on too, never within a composition', () => {
    const key = { key: '3', code: 'Digit3', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false }
    expect(digitOf({ ...key, isComposing: false })).toBe(3)
    expect(digitOf({ ...key, key: 'Process', code: 'Numpad3', isComposing: false })).toBe(3)
    expect(digitOf({ ...key, isComposing: true })).toBeUndefined()
    expect(digitOf({ ...key, altKey: true, isComposing: false })).toBeUndefined()
    expect(digitOf({ ...key, key: '0', code: 'Digit0', isComposing: false })).toBeUndefined()
  })
})

describe('who was here before', () => {
  const number = '11010519491231002X'
  const returning = (part: Partial<ReturningPatient['patient']> = {}): ReturningPatient => ({
    patient: {
      id: 'row-1',
      patientId: 'P1',
      name: '李桂兰',
      namePinyin: 'LI GUILAN',
      sex: 'F',
      birthDate: '1949-12-31',
      identity: { kind: 'resident', number: '110***********002X' },
      phone: '13800138000',
      ...part,
    },
    reasons: ['identity'],
    lastExams: [],
  })

  test('is asked by what is whole: a right number, a phone, a name, with the birth date where it is a day', () => {
    expect(returningQueryOf({ identity: { kind: 'resident', number } })).toEqual({
      identity: { kind: 'resident', number },
    })
    expect(returningQueryOf({ identity: { kind: 'resident', number: number.slice(0, 17) } })).toBeUndefined()
    expect(returningQueryOf({ identity: { kind: 'passport', number: 'E12345678' }, name: '李' })).toEqual({
      identity: { kind: 'passport', number: 'E12345678' },
    })
    expect(returningQueryOf({ name: ' 李桂兰 ', birthDate: '19491231' })).toEqual({
      name: '李桂兰',
      birthDate: '1949-12-31',
    })
    expect(returningQueryOf({ name: '李桂兰', birthDate: '1949' })).toEqual({ name: '李桂兰' })
    expect(returningQueryOf({ phone: '138001' })).toBeUndefined()
    expect(returningQueryOf({ identity: { kind: 'resident', number: '110***********002X' } })).toBeUndefined()
  })

  test('is taken without asking only by the same document with no other name', () => {
    expect(surelyReturning([returning()], {})?.patient.id).toBe('row-1')
    expect(surelyReturning([returning()], { name: '李桂兰' })?.patient.id).toBe('row-1')
    expect(surelyReturning([returning()], { name: '李贵兰' })).toBeUndefined()
    expect(surelyReturning([{ ...returning(), reasons: ['phone', 'name'] }], { name: '李桂兰' })).toBeUndefined()
    expect(surelyReturning([returning(), returning({ id: 'row-2', name: '李丽' })], {})).toBeUndefined()
  })

  test('fills the form; a number from the card and a new phone stay', () => {
    const filledIn = valuesOfReturning(returning(), { identity: { kind: 'resident', number }, phone: '13900139000' })
    expect(filledIn).toMatchObject({ name: '李桂兰', phone: '13900139000', identity: { number } })
    expect(filledIn).not.toHaveProperty('id')
    expect(valuesOfReturning(returning(), {}).identity?.number).toBe('110***********002X')
  })

  test('a card fills its fields and leaves nothing of somebody else', () => {
    const card = { identity: { kind: 'resident', number }, sex: 'F', birthDate: '1949-12-31' } as const
    const typedBefore = { name: '王五', phone: '13900139000', identity: { kind: 'resident', number: '' } } as const
    expect(valuesOfCard(card, typedBefore)).toMatchObject({ name: '', phone: '', sex: 'F', identity: { number } })
    const same = { ...typedBefore, identity: { kind: 'resident', number: number.toLowerCase() } } as const
    expect(valuesOfCard(card, same)).toMatchObject({ name: '王五', phone: '13900139000' })
  })

  test('the hand goes to the first needed field that is empty', () => {
    expect(firstEmptyField({ patient: {}, exam: {} })).toEqual(['patient', 'name'])
    expect(firstEmptyField({ patient: { name: '李' }, exam: {} })).toEqual(['patient', 'sex'])
    expect(firstEmptyField({ patient: { name: '李', sex: 'F' }, exam: {} })).toEqual(['patient', 'birthDate'])
    expect(firstEmptyField(filled)).toEqual(['exam', 'itemName'])
  })
})
