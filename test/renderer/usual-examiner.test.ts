import { describe, expect, test } from 'vitest'
import { examinersOf, usualExaminer } from '../../renderer/features/register/usual-examiner.ts'
import type { Account } from '../../shared/models/account.ts'

const account = (displayName: string, role: Account['role'], more: Partial<Account> = {}): Account => ({
  id: displayName,
  username: displayName,
  displayName,
  doctorCode: `${displayName}码`,
  role,
  disabled: false,
  ...more,
})

describe('who examines', () => {
  test('is the technician who registers, whoever it was the last time', () => {
    const chen = account('陈技师', 'technician')
    expect(usualExaminer(chen, { name: '旧人', code: '1' })).toEqual({ name: '陈技师', code: '陈技师码' })
  })

  test('is otherwise who it was the last time, and nobody on the first day', () => {
    const desk = account('登记员', 'registrar')
    expect(usualExaminer(desk, { name: '旧人', code: '1' })).toEqual({ name: '旧人', code: '1' })
    expect(usualExaminer(desk, undefined)).toBeUndefined()
  })

  test('is chosen from those who are there, technicians first, and never from registrars', () => {
    const staff = [
      account('李医生', 'doctor'),
      account('登记员', 'registrar'),
      account('陈技师', 'technician'),
      account('走了的', 'technician', { disabled: true }),
    ]
    expect(examinersOf(staff).map(({ name }) => name)).toEqual(['陈技师', '李医生'])
  })
})
