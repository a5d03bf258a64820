import { z } from 'zod'
import { cleanLine, cleanLines } from '../text/clean-text.ts'

/** A field of one line: what prints nothing is taken out before its length is looked at. */
export const line = () => z.string().overwrite(cleanLine)

/** A field of several lines. */
export const lines = () => z.string().overwrite(cleanLines)
