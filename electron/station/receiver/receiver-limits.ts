/** What a peer may cost. Every figure is there from the first day; tests make them small. */
export type ReceiverLimits = {
  readonly sockets: number
  readonly socketsPerAddress: number
  readonly associations: number
  readonly associationsPerAddress: number
  /** From the connection to the last byte of the A-ASSOCIATE-RQ (PS3.8 9.1.5, ARTIM timer), milliseconds. */
  readonly associateWithin: number
  /** Nothing came at all, within an association and between messages. Ultrasound that sends as it goes is silent for minutes. */
  readonly idle: number
  /** Nothing came in the middle of a message: a running transfer may pause longer. */
  readonly idleInMessage: number
  /** A running transfer is slow when it brings less than `slowBytes` in `slowWindow`. */
  readonly slowBytes: number
  readonly slowWindow: number
  /** The peer takes not a byte of what it is sent. */
  readonly stall: number
  /** How long the peer may take to answer a request of ours, as a C-STORE in its C-GET: it may write to a slow disk. */
  readonly answer: number
  /** Longest PDU that is not P-DATA-TF, and longest P-DATA-TF; the latter is advertised (PS3.8 D.1). */
  readonly associationPdu: number
  readonly dataPdu: number
  /** A whole command set, and the data set of a message that is no C-STORE: one that names 10,000 instances fits. */
  readonly commandSet: number
  readonly identifier: number
  readonly presentationContexts: number
  readonly worklistAnswers: number
  /** Of one C-FIND to the archive; beyond, it ends with 0xA700. */
  readonly queryAnswers: number
}

export const receiverLimits: ReceiverLimits = {
  sockets: 64,
  socketsPerAddress: 24,
  associations: 16,
  associationsPerAddress: 8,
  associateWithin: 10_000,
  idle: 300_000,
  idleInMessage: 120_000,
  slowBytes: 30 * 1024,
  slowWindow: 30_000,
  stall: 30_000,
  answer: 120_000,
  associationPdu: 128 * 1024,
  dataPdu: 128 * 1024,
  commandSet: 16 * 1024,
  identifier: 4 * 1024 * 1024,
  presentationContexts: 128,
  worklistAnswers: 5000,
  queryAnswers: 10_000,
}
