import type { CommandSet } from '../../../shared/dicom/command-set.ts'
import type { ResponseToWrite } from '../../../shared/dicom/dimse-command.ts'
import type { AcceptedContext } from './context-answer.ts'

/** A request of the peer that came whole, and the way back. */
export type DimseCall = {
  readonly command: CommandSet
  /** In the transfer syntax of `context`; undefined where the command says that there is none. */
  readonly dataSet: Buffer | undefined
  readonly context: AcceptedContext
  readonly callingAeTitle: string
  /** Everything that this association agreed on: a C-GET looks here for where it may store. */
  readonly contexts: readonly AcceptedContext[]
  readonly reply: DimseReply
}

/**
 * Answers of one request. Writing waits for the peer to take what it was sent; false: the association is over, and the work may
 * end. A handler that ends, or throws, without a final answer is answered for with 0x0110 (processing failure).
 */
export type DimseReply = {
  /** Aborted by a C-CANCEL-RQ for this request (PS3.7 9.3.2.3), by a release, and when the association ends. */
  readonly cancelled: AbortSignal
  /** Aborted when the association is over, or is to be released: nothing that was begun for it needs to be ended well. */
  readonly gone: AbortSignal
  /** The response to this request; PS3.7 9.3 and 10.3. `dataSet` in the context's transfer syntax. */
  answer(response: Omit<ResponseToWrite, 'hasDataSet'>, dataSet?: Buffer): Promise<boolean>
  /**
   * A request of our own on this association, while the peer's waits: C-STORE in a C-GET, N-EVENT-REPORT. `command` is given the
   * MessageID to use. Undefined: no answer came, the association is over.
   */
  request(
    contextId: number,
    command: (messageId: number) => Buffer,
    dataSet?: AsyncIterable<Buffer>,
  ): Promise<CommandSet | undefined>
}

/** What is done with one kind of request. */
export type DimseHandler = (call: DimseCall) => Promise<void>
