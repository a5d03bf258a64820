import type { FormRule } from 'antd'
import { cleanLine } from '../../shared/text/clean-text.ts'

/** Something must be there to be seen: spaces, and what prints nothing, are nothing. As the station takes it. */
export const filledRule = (message: string): FormRule => ({
  required: true,
  validator: async (_rule, value: unknown) => {
    if (cleanLine(String(value ?? '')) === '') throw new Error(message)
  },
})
