import { z } from 'zod'
import { lines } from '../models/text-field.ts'

// What the routes' contracts are made of.

export const nothing = z.object({}).prefault({})
export const done = z.object({ done: z.literal(true) })
/** Bytes, not JSON. */
export const binary = z.unknown()
export const reason = z.object({ reason: lines().min(1).max(500) })
export const optionalReason = z.object({ reason: lines().max(500).optional() }).prefault({})

export const everyone = 'logged-in'
export const desk = ['registrar', 'technician', 'doctor', 'auditor'] as const
export const images = ['technician', 'registrar', 'doctor'] as const
export const doctors = ['doctor', 'auditor'] as const
/** An administrator may call every route, so nobody else is named. */
export const administrator = [] as const

/** Of a file that people keep. Absent: Chinese. */
export const language = z.enum(['zh-CN', 'en']).optional()
