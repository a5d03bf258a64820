/** DIMSE statuses this station answers with, by the standard's names. PS3.7 annex C, PS3.4 B.2.3 (storage), C.4 (query/retrieve), K.4.1.1.4 (worklist). */
export const dicomStatus = {
  success: 0x0000,
  /** PS3.4 tables C.4-1 and K.4-1: matches are continuing, every key was supported. */
  pending: 0xff00,
  /** PS3.4 tables C.4-1 and K.4-1: matches are continuing, a key was not supported for existence or matching. */
  pendingWithoutSomeKeys: 0xff01,
  /** PS3.4 tables C.4-1, C.4-2, C.4-3: matching or sub-operations ended because of a C-CANCEL-RQ. */
  cancel: 0xfe00,
  /** PS3.4 table B.2-1, A7xx; C.4-1: unable to process any further matches. */
  outOfResources: 0xa700,
  /** PS3.4 tables C.4-2 and C.4-3: sub-operations could not be performed. */
  outOfResourcesSubOperations: 0xa702,
  /** PS3.4 table C.4-2: the AE title is not known, or no address of it. */
  moveDestinationUnknown: 0xa801,
  /** PS3.4 table B.2-1, A9xx; C.4-1 to C.4-3: the identifier does not match the SOP class. */
  dataSetDoesNotMatchSopClass: 0xa900,
  /** PS3.4 tables C.4-2 and C.4-3: sub-operations are complete, one or more failed. */
  subOperationsWithFailures: 0xb000,
  /** PS3.4 table B.2-1, a warning: stored, though the data set does not match the SOP class. */
  storedDataSetDoesNotMatchSopClass: 0xb007,
  /** PS3.4 tables B.2-1, C.4-1 and K.4-1, Cxxx. */
  cannotUnderstand: 0xc000,
  /** PS3.7 C.5.11. */
  invalidAttributeValue: 0x0106,
  /** PS3.7 C.5.10. */
  processingFailure: 0x0110,
  /** PS3.7 C.5.6. */
  duplicateSopInstance: 0x0111,
  /** PS3.7 C.5.20. */
  noSuchSopInstance: 0x0112,
  /** PS3.7 C.5.13. */
  invalidArgumentValue: 0x0115,
  /** PS3.7 C.5.15. */
  invalidSopInstance: 0x0117,
  /** PS3.7 C.5.3. */
  classInstanceConflict: 0x0119,
  /** PS3.7 C.5.14. */
  missingAttribute: 0x0120,
  /** PS3.7 C.5.21. */
  sopClassNotSupported: 0x0122,
  /** PS3.7 C.5.16. */
  noSuchActionType: 0x0123,
  /** PS3.7 C.5.24. */
  notAuthorized: 0x0124,
  /** PS3.7 C.5.22. */
  unrecognizedOperation: 0x0211,
} as const
export type DicomStatus = (typeof dicomStatus)[keyof typeof dicomStatus]
