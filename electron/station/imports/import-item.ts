import type { Readable } from 'node:stream'
import type { Problem } from '../../../shared/problems/problem.ts'

/** One file on its way in, wherever it comes from. `name`: as the person knows it, with its folders, for the report only. */
export type ImportItem =
  | {
      readonly kind: 'file'
      readonly name: string
      /** Bytes, where it is known beforehand. */
      readonly size?: number | undefined
      /** Where it lies on this computer, if it does: what must be read twice need not be copied first. */
      readonly path?: string
      /** Throws when the file cannot be read. Called once. */
      open(): Promise<Readable>
      /** It lies in a folder or an archive: what is no image is passed over without fuss. */
      readonly isPart: boolean
      /** A medium with a DICOMDIR: pictures and papers beside it belong to its viewer. */
      readonly isBeside?: boolean
      /** A ZIP here is opened; within an archive it is not. */
      readonly mayOpen?: boolean
    }
  | { readonly kind: 'refused' | 'skipped'; readonly name: string; readonly problem: Problem }
