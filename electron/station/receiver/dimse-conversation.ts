import type { CommandSet } from '../../../shared/dicom/command-set.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { encodeResponse } from '../../../shared/dicom/dimse-command.ts'
import type { AcceptedContext } from './context-answer.ts'
import type { DimseCall, DimseHandler, DimseReply } from './dimse-call.ts'
import type { MessageWriter } from './message-writer.ts'

type Running = {
  readonly messageId: number
  readonly cancel: AbortController
  readonly done: Promise<void>
}

const isPending = (status: number) => status === dicomStatus.pending || status === dicomStatus.pendingWithoutSomeKeys

/**
 * The one request of the peer that is being served while its association is read on, so that a C-CANCEL-RQ stops it and the
 * answers to requests of our own reach it. `answerMs`: how long the peer may take for such an answer; `lose` ends the association.
 */
export function createConversation(
  writer: MessageWriter,
  answerMs: number,
  { failed, lose }: { readonly failed: (error: unknown) => void; readonly lose: () => void },
) {
  let running: Running | undefined
  /** Requests of our own by their MessageID: one of the request that runs, and reports that nobody asked for. */
  const waiting = new Map<number, (answer: CommandSet | undefined) => void>()
  const gone = new AbortController()
  let lastMessageId = 0

  async function request(
    contextId: number,
    command: (messageId: number) => Buffer,
    dataSet?: AsyncIterable<Buffer>,
    cancel?: AbortController,
  ): Promise<CommandSet | undefined> {
    if (gone.signal.aborted) return undefined
    lastMessageId = (lastMessageId % 0xffff) + 1
    const messageId = lastMessageId
    // The answer may come before the last byte was taken: a peer that has no room answers early.
    const answered = new Promise<CommandSet | undefined>((resolve) => {
      waiting.set(messageId, resolve)
    })
    try {
      if (!(await writer.send(contextId, command(messageId), dataSet))) return undefined
    } catch (error) {
      failed(error)
      cancel?.abort()
      lose()
      return undefined
    }
    const timer = setTimeout(() => {
      waiting.get(messageId)?.(undefined)
      lose()
    }, answerMs)
    const answer = await answered
    clearTimeout(timer)
    waiting.delete(messageId)
    return answer
  }

  async function run(handler: DimseHandler, call: Omit<DimseCall, 'reply'>, cancel: AbortController): Promise<void> {
    const { command, context } = call
    let isAnswered = false
    const reply: DimseReply = {
      cancelled: cancel.signal,
      gone: gone.signal,
      async answer(response, dataSet) {
        if (gone.signal.aborted || isAnswered) return false
        isAnswered = !isPending(response.status)
        return writer.send(
          context.id,
          encodeResponse(withClass(command, context), { ...response, hasDataSet: dataSet !== undefined }),
          dataSet,
        )
      },
      request: (contextId, own, dataSet) => request(contextId, own, dataSet, cancel),
    }
    try {
      await handler({ ...call, reply })
    } catch (error) {
      failed(error)
    }
    await reply.answer({ status: dicomStatus.processingFailure })
  }

  return {
    isServing: (): boolean => running !== undefined || waiting.size > 0,
    /** A request of our own that nothing of the peer's waits for: an N-EVENT-REPORT. What the peer asks meanwhile is served. */
    request: (contextId: number, command: (messageId: number) => Buffer, dataSet?: AsyncIterable<Buffer>) =>
      request(contextId, command, dataSet),
    /** Returns at once; `settled` waits for the end. */
    serve(handler: DimseHandler, call: Omit<DimseCall, 'reply'>): void {
      const cancel = new AbortController()
      const done = run(handler, call, cancel).finally(() => {
        running = undefined
      })
      running = { messageId: call.command.messageId, cancel, done }
    },
    /** One request at a time: no asynchronous operations are negotiated (PS3.7 D.3.3.3). */
    settled: (): Promise<void> | undefined => running?.done,
    cancel(messageId: number): void {
      if (running?.messageId === messageId) running.cancel.abort()
    },
    /** False: nobody waits for this response. */
    takeResponse(response: CommandSet): boolean {
      const settle = waiting.get(response.messageId)
      settle?.(response)
      return settle !== undefined
    },
    /** The association is over: what runs is told, and waited for. */
    async end(): Promise<void> {
      gone.abort()
      for (const settle of waiting.values()) settle(undefined)
      running?.cancel.abort()
      await running?.done
    },
  }
}

/** Some devices leave AffectedSOPClassUID out; the answer names that of the presentation context. */
function withClass(command: CommandSet, context: AcceptedContext): CommandSet {
  if (command.affectedSopClassUid || command.requestedSopClassUid) return command
  return { ...command, affectedSopClassUid: context.abstractSyntax }
}
