import { z } from 'zod'
import { line } from './text-field.ts'

export const roleSchema = z.enum(['registrar', 'technician', 'doctor', 'auditor', 'administrator'])
export type Role = z.infer<typeof roleSchema>

export const accountSchema = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  /** The institution's code for this doctor; the clouds want it beside the name. */
  doctorCode: z.string(),
  role: roleSchema,
  disabled: z.boolean(),
  /** Somebody else chose the password: nothing but changing it is allowed before. */
  mustChangePassword: z.boolean().optional(),
  /** After wrong passwords; epoch milliseconds. Only while it lasts, and only in the list of accounts. */
  lockedUntil: z.number().optional(),
})
export type Account = z.infer<typeof accountSchema>

export const passwordSchema = z.string().min(8).max(200)

export const accountInputSchema = z.object({
  username: line().min(1).max(40),
  displayName: line().min(1).max(40),
  doctorCode: line().max(50).default(''),
  role: roleSchema,
  password: passwordSchema,
  /** The person chooses an own password at the first login. */
  mustChangePassword: z.boolean().optional(),
})
export type AccountInput = z.infer<typeof accountInputSchema>
