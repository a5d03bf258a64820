import { describe, expect, test } from 'vitest'
import { identityCheck, readBirthDate } from '../../renderer/features/register/identity-check.ts'
import {
  changesOf,
  nextValues,
  type RegistrationValues,
  registrationOf,
} from '../../renderer/features/register/registration-values.ts'
import { itemsFor, withNewest } from '../../renderer/features/register/usual-items.ts'
import { registrationSchema } from '../../shared/models/exam.ts'

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
    const body = registrationOf(filled)
    expect(body.patient).toEqual({ name: '张三', sex: 'M', birthDate: '1990-03-07' })
    expect(body.exam).toMatchObject({ applyDoctor: { name: '周申请' } })
    expect(body.exam).not.toHaveProperty('ward')
    expect(registrationSchema.safeParse(body).success).toBe(true)
  })

  test('leaves the next patient the device and the doctor, and nothing of the person', () => {
    const next = nextValues(filled)
    expect(next.patient).toEqual({ identity: { kind: 'resident' } })
    expect(next.exam).toEqual({ modality: 'DR', category: 'emergency', applyDoctor: { name: '周申请' } })
  })
})

describe('a correction', () => {
  test('sends only what was changed', () => {
    const after = { ...filled, patient: { ...filled.patient, name: '张叁' } }
    expect(changesOf(filled, after)).toEqual({ patient: { name: '张叁' } })
    expect(changesOf(filled, filled)).toEqual({})
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

test('the clinic’s own items come first, each once', () => {
  const own = withNewest(withNewest([], { modality: 'DR', itemCode: 'A', itemName: '胸部正位', bodyPart: '胸' }), {
    modality: 'DR',
    itemCode: 'B',
    itemName: '床旁胸片',
    bodyPart: '胸',
  })
  const offered = itemsFor('DR', own)
  expect(offered.slice(0, 2).map((item) => item.itemCode)).toEqual(['B', 'A'])
  expect(offered.filter((item) => item.itemName === '胸部正位')).toHaveLength(1)
  expect(offered.every((item) => item.modality === 'DR')).toBe(true)
})
