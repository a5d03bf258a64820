import type { FormRule } from 'antd'
import { passwordSchema } from '../../shared/models/account.ts'

/** A new password, as short as the station takes one. */
export const passwordRules = (missing: string, tooShort: string): FormRule[] => [
  { required: true, message: missing },
  { min: passwordSchema.minLength ?? 0, message: tooShort },
]

/** The same again as in the field of the name `first`. */
export const passwordAgainRules = (first: string, missing: string, differs: string): FormRule[] => [
  { required: true, message: missing },
  ({ getFieldValue }) => ({
    validator: async (_rule, value: unknown) => {
      if (value && value !== getFieldValue(first)) throw new Error(differs)
    },
  }),
]
