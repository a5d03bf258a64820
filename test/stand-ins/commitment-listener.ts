import { once } from 'node:events'
import dimse from 'dcmjs-dimse'

export type CommitmentReport = {
  readonly transactionUid: string
  readonly eventTypeId: number
  readonly kept: readonly string[]
  readonly failed: readonly { readonly sopInstanceUid: string; readonly reason: number }[]
}

/** A device's side that takes N-EVENT-REPORTs of storage commitment (PS3.4 J.3.3), by dcmjs-dimse. */
export async function startCommitmentListener(port: number) {
  const reports: CommitmentReport[] = []
  class Listener extends dimse.Scp {
    override associationRequested(association: dimse.association.Association): void {
      for (const { id, context } of association.getPresentationContexts()) {
        association.getPresentationContext(id)
        const syntax = context.getTransferSyntaxUids()[0]
        if (syntax !== undefined) context.setResult(0, syntax)
      }
      this.sendAssociationAccept()
    }
    override nEventReportRequest(
      request: dimse.requests.NEventReportRequest,
      callback: (response: dimse.responses.NEventReportResponse) => void,
    ): void {
      type Item = { ReferencedSOPInstanceUID: string; FailureReason?: number }
      const elements = (request.getDataset()?.getElements() ?? {}) as Record<string, unknown>
      const items = (name: string) => (elements[name] ?? []) as Item[]
      reports.push({
        transactionUid: String(elements.TransactionUID),
        eventTypeId: request.getEventTypeId(),
        kept: [...items('ReferencedSOPSequence')].map((item) => item.ReferencedSOPInstanceUID),
        failed: [...items('FailedSOPSequence')].map((item) => ({
          sopInstanceUid: item.ReferencedSOPInstanceUID,
          reason: Number(item.FailureReason),
        })),
      })
      const response = dimse.responses.NEventReportResponse.fromRequest(request)
      response.setStatus(0)
      callback(response)
    }
    override associationReleaseRequested(): void {
      this.sendAssociationReleaseResponse()
    }
  }
  const server = new dimse.Server(Listener)
  server.on('networkError', () => {})
  server.listen(port)
  const inner = (server as unknown as { server?: import('node:net').Server }).server
  if (inner && !inner.listening) await once(inner, 'listening')
  return {
    reports,
    async stop(): Promise<void> {
      server.close()
    },
  }
}
