import { encodeGroup } from './data-set-writer.ts'
import { implementationClassUid, implementationVersionName } from './implementation.ts'

export const preambleLength = 128

/** What stands before the data set in a file, PS3.10 7.1: a preamble of zeros, 'DICM', and the meta group in explicit little endian. */
export function part10Head(meta: {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  readonly transferSyntaxUid: string
  readonly sourceAeTitle: string
}): Buffer {
  const group = encodeGroup(
    [
      { tag: 0x00020001, vr: 'OB', value: Buffer.from([0, 1]) },
      { tag: 0x00020002, vr: 'UI', value: meta.sopClassUid },
      { tag: 0x00020003, vr: 'UI', value: meta.sopInstanceUid },
      { tag: 0x00020010, vr: 'UI', value: meta.transferSyntaxUid },
      { tag: 0x00020012, vr: 'UI', value: implementationClassUid },
      { tag: 0x00020013, vr: 'SH', value: implementationVersionName },
      { tag: 0x00020016, vr: 'AE', value: meta.sourceAeTitle },
    ],
    { explicitVr: true, text: 'ascii' },
  )
  return Buffer.concat([Buffer.alloc(preambleLength), Buffer.from('DICM'), group])
}
