import { expect, test } from 'vitest'
import { passwordAgainRules, passwordRules } from '../../renderer/components/password-rules.ts'
import { passwordSchema } from '../../shared/models/account.ts'

test('the desk takes a password from the length on from which the station does', () => {
  const { min } = passwordRules('missing', 'too short').find((rule) => 'min' in rule) as { readonly min: number }
  expect(passwordSchema.safeParse('x'.repeat(min)).success).toBe(true)
  expect(passwordSchema.safeParse('x'.repeat(min - 1)).success).toBe(false)
})

test('the second time is held against the first, once there is one', async () => {
  const rule = passwordAgainRules('password', 'missing', 'not the same')[1]
  if (typeof rule !== 'function') throw new Error('no rule looks at the other field')
  const { validator } = rule({
    getFieldValue: (name: string) => (name === 'password' ? 'jianchuan' : undefined),
  } as never)
  const judge = async (value: unknown) => validator?.({}, value, () => {})
  await expect(judge('jianchuam')).rejects.toThrow('not the same')
  await expect(judge('jianchuan')).resolves.toBeUndefined()
  await expect(judge('')).resolves.toBeUndefined()
})
