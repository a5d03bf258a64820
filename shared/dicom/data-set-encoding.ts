/** How a transfer syntax writes a data set, PS3.5 10 and annex A. */
export type DataSetEncoding = {
  readonly explicitVr: boolean
  readonly littleEndian: boolean
  readonly deflated: boolean
  /** Pixel data as they are, not compressed: another uncompressed syntax carries the same values. */
  readonly native: boolean
}

export const implicitLittleEndian = '1.2.840.10008.1.2'
export const explicitLittleEndian = '1.2.840.10008.1.2.1'
export const deflatedExplicitLittleEndian = '1.2.840.10008.1.2.1.99'
export const explicitBigEndian = '1.2.840.10008.1.2.2'

/** Every syntax but three is explicit VR little endian with encapsulated pixel data (PS3.5 A.4). */
export function encodingOf(transferSyntaxUid: string): DataSetEncoding {
  switch (transferSyntaxUid) {
    case implicitLittleEndian:
      return { explicitVr: false, littleEndian: true, deflated: false, native: true }
    case explicitBigEndian:
      return { explicitVr: true, littleEndian: false, deflated: false, native: true }
    case deflatedExplicitLittleEndian:
      return { explicitVr: true, littleEndian: true, deflated: true, native: true }
    case explicitLittleEndian:
      return { explicitVr: true, littleEndian: true, deflated: false, native: true }
    default:
      return { explicitVr: true, littleEndian: true, deflated: false, native: false }
  }
}
