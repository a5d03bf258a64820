/** How a data set is written, PS3.5 annex A. What is inside its pixel data is another question. */
export type DataSetEncoding = {
  readonly explicitVr: boolean
  readonly littleEndian: boolean
  readonly deflated: boolean
}

/** Families of compressed pixels, each read by one decoder. */
export type Codec = 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'ht-jpeg-2000' | 'jpeg-xl'

export type TransferSyntax = DataSetEncoding & {
  /**
   * native: as they are, another native syntax carries the same values. swapped: as they are, but big endian in a little endian data
   * set. encapsulated: compressed (PS3.5 A.4). elsewhere: on the sender's web server (JPIP).
   */
  readonly pixels: 'native' | 'swapped' | 'encapsulated' | 'elsewhere'
  /** Absent: frames are not decoded here (video), or there is nothing to decode. */
  readonly codec?: Codec
  /** Of the compressed pixels, PS3.18 tables 8.7.3-5 (images) and 8.7.3-6 (video); absent: the standard names none. */
  readonly mediaType?: string
}

export const implicitVrLittleEndian = '1.2.840.10008.1.2'
export const explicitVrLittleEndian = '1.2.840.10008.1.2.1'
export const deflatedExplicitVrLittleEndian = '1.2.840.10008.1.2.1.99'
export const explicitVrBigEndian = '1.2.840.10008.1.2.2'
/** GE's own: implicit VR little endian with big endian pixels. */
export const gePrivateImplicit = '1.2.840.113619.5.2'
export const jpegBaseline = '1.2.840.10008.1.2.4.50'
export const jpegExtended = '1.2.840.10008.1.2.4.51'
export const h264Level41 = '1.2.840.10008.1.2.4.102'
export const h264Level42 = '1.2.840.10008.1.2.4.104'
export const hevcMain = '1.2.840.10008.1.2.4.107'
export const hevcMain10 = '1.2.840.10008.1.2.4.108'

const explicit = { explicitVr: true, littleEndian: true, deflated: false } as const
const implicit = { explicitVr: false, littleEndian: true, deflated: false } as const

/** What is not in the table: PS3.5 A.4 has every syntax to come explicit VR little endian with encapsulated pixels. */
const encapsulated: TransferSyntax = { ...explicit, pixels: 'encapsulated' }
const jpeg: TransferSyntax = { ...encapsulated, codec: 'jpeg', mediaType: 'image/jpeg' }
const jpegLs: TransferSyntax = { ...encapsulated, codec: 'jpeg-ls', mediaType: 'image/jls' }
const jpeg2000: TransferSyntax = { ...encapsulated, codec: 'jpeg-2000', mediaType: 'image/jp2' }
const jpeg2000Part2: TransferSyntax = { ...encapsulated, mediaType: 'image/jpx' }
const htJpeg2000: TransferSyntax = { ...encapsulated, codec: 'ht-jpeg-2000', mediaType: 'image/jphc' }
const jpegXl: TransferSyntax = { ...encapsulated, codec: 'jpeg-xl', mediaType: 'image/jxl' }
const mpeg2: TransferSyntax = { ...encapsulated, mediaType: 'video/mpeg2' }
const mp4: TransferSyntax = { ...encapsulated, mediaType: 'video/mp4' }
const jpip: TransferSyntax = { ...explicit, pixels: 'elsewhere' }

/** PS3.6 table A-1, those that are written in a way of their own or whose pixels somebody here asks about. */
const syntaxes: Readonly<Record<string, TransferSyntax>> = {
  [implicitVrLittleEndian]: { ...implicit, pixels: 'native' },
  [explicitVrLittleEndian]: { ...explicit, pixels: 'native' },
  [deflatedExplicitVrLittleEndian]: { ...explicit, deflated: true, pixels: 'native' },
  [explicitVrBigEndian]: { ...explicit, littleEndian: false, pixels: 'native' },
  [gePrivateImplicit]: { ...implicit, pixels: 'swapped' },
  [jpegBaseline]: jpeg,
  [jpegExtended]: jpeg,
  '1.2.840.10008.1.2.4.53': jpeg, // spectral selection, retired
  '1.2.840.10008.1.2.4.55': jpeg, // full progression, retired
  '1.2.840.10008.1.2.4.57': jpeg, // lossless
  '1.2.840.10008.1.2.4.70': jpeg, // lossless, first-order prediction
  '1.2.840.10008.1.2.4.80': jpegLs, // lossless
  '1.2.840.10008.1.2.4.81': jpegLs, // near-lossless
  '1.2.840.10008.1.2.4.90': jpeg2000, // lossless
  '1.2.840.10008.1.2.4.91': jpeg2000,
  '1.2.840.10008.1.2.4.92': jpeg2000Part2, // lossless
  '1.2.840.10008.1.2.4.93': jpeg2000Part2,
  '1.2.840.10008.1.2.4.94': jpip, // JPEG 2000
  '1.2.840.10008.1.2.4.95': { ...jpip, deflated: true },
  '1.2.840.10008.1.2.4.100': mpeg2, // main profile, main level
  '1.2.840.10008.1.2.4.100.1': mpeg2, // the same in fragments, as all that end in .1
  '1.2.840.10008.1.2.4.101': mpeg2, // main profile, high level
  '1.2.840.10008.1.2.4.101.1': mpeg2,
  [h264Level41]: mp4,
  '1.2.840.10008.1.2.4.102.1': mp4,
  '1.2.840.10008.1.2.4.103': mp4, // level 4.1, compatible with Blu-ray
  '1.2.840.10008.1.2.4.103.1': mp4,
  [h264Level42]: mp4,
  '1.2.840.10008.1.2.4.104.1': mp4,
  '1.2.840.10008.1.2.4.105': mp4, // level 4.2, 3D
  '1.2.840.10008.1.2.4.105.1': mp4,
  '1.2.840.10008.1.2.4.106': mp4, // stereo high profile
  '1.2.840.10008.1.2.4.106.1': mp4,
  [hevcMain]: mp4,
  [hevcMain10]: mp4,
  '1.2.840.10008.1.2.4.110': jpegXl, // lossless
  '1.2.840.10008.1.2.4.111': { ...encapsulated, mediaType: 'image/jxl' }, // JPEG recompressed
  '1.2.840.10008.1.2.4.112': jpegXl,
  '1.2.840.10008.1.2.4.201': htJpeg2000, // lossless
  '1.2.840.10008.1.2.4.202': htJpeg2000, // lossless, resolution first
  '1.2.840.10008.1.2.4.203': htJpeg2000,
  '1.2.840.10008.1.2.4.204': jpip, // HTJ2K
  '1.2.840.10008.1.2.4.205': { ...jpip, deflated: true },
  '1.2.840.10008.1.2.5': { ...encapsulated, codec: 'rle', mediaType: 'image/dicom-rle' },
}

/** Everything that is asked of a transfer syntax; an unknown UID is taken as PS3.5 A.4 has it. */
export function transferSyntaxOf(uid: string): TransferSyntax {
  return Object.hasOwn(syntaxes, uid) ? syntaxes[uid]! : encapsulated
}

export function dataSetEncodingOf(transferSyntaxUid: string): DataSetEncoding {
  const { explicitVr, littleEndian, deflated } = transferSyntaxOf(transferSyntaxUid)
  return { explicitVr, littleEndian, deflated }
}

/** JPEG-LS near-lossless, JPEG 2000, JPEG XL and HTJ2K. */
const overshooting: ReadonlySet<string> = new Set([81, 91, 93, 112, 203].map((last) => `1.2.840.10008.1.2.4.${last}`))

/** Whether decoded values may lie a little beyond the range of BitsStored; DCT codecs (JPEG) keep them within by themselves. */
export function mayOvershoot(uid: string): boolean {
  return overshooting.has(uid)
}
