/** How a data set is written, PS3.5 annex A. What is inside its pixel data is another question. */
export type DataSetEncoding = {
  readonly explicitVr: boolean
  readonly littleEndian: boolean
  readonly deflated: boolean
}

export const implicitVrLittleEndian = '1.2.840.10008.1.2'
export const explicitVrLittleEndian = '1.2.840.10008.1.2.1'
export const deflatedExplicitVrLittleEndian = '1.2.840.10008.1.2.1.99'
export const explicitVrBigEndian = '1.2.840.10008.1.2.2'
/** GE's own: implicit VR little endian with big endian pixels. */
export const gePrivateImplicit = '1.2.840.113619.5.2'
const jpipReferencedDeflate = '1.2.840.10008.1.2.4.95'

export function dataSetEncodingOf(transferSyntaxUid: string): DataSetEncoding {
  switch (transferSyntaxUid) {
    case implicitVrLittleEndian:
    case gePrivateImplicit:
      return { explicitVr: false, littleEndian: true, deflated: false }
    case explicitVrBigEndian:
      return { explicitVr: true, littleEndian: false, deflated: false }
    case deflatedExplicitVrLittleEndian:
    case jpipReferencedDeflate:
      return { explicitVr: true, littleEndian: true, deflated: true }
    default:
      return { explicitVr: true, littleEndian: true, deflated: false }
  }
}
