/** DIMSE statuses this station answers with, by the standard's names. PS3.7 annex C, PS3.4 B.2.3 (storage) and K.4.1.1.4 (worklist). */
export const dicomStatus = {
  success: 0x0000,
  /** PS3.4 table K.4-1: matches are continuing, every key was supported. */
  pending: 0xff00,
  /** PS3.4 table B.2-1, A7xx. */
  outOfResources: 0xa700,
  /** PS3.4 table B.2-1, A9xx. */
  dataSetDoesNotMatchSopClass: 0xa900,
  /** PS3.4 tables B.2-1 and K.4-1, Cxxx. */
  cannotUnderstand: 0xc000,
  /** PS3.7 C.5.10. */
  processingFailure: 0x0110,
} as const
export type DicomStatus = (typeof dicomStatus)[keyof typeof dicomStatus]
