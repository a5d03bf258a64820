import { createHash } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import type { association, requests, responses } from 'dcmjs-dimse'
import dimse from 'dcmjs-dimse'
import { implicitVrLittleEndian } from '../../shared/dicom/transfer-syntax.ts'

/** What the gateway remembers of an instance: header fields and a hash, no pixels. */
export type ReceivedInstance = {
  readonly sopInstanceUid: string
  readonly sopClassUid: string
  readonly studyInstanceUid: string
  readonly seriesInstanceUid: string
  readonly accessionNumber: string
  readonly patientId: string
  readonly transferSyntaxUid: string
  /** SHA-256 of the data set's bytes as they came, lower-case hex. */
  readonly sha256: string
  readonly callingAeTitle: string
  /** How often this SOP instance came. */
  readonly received: number
}

export type SimulatedGatewayDicom = {
  readonly host: string
  readonly port: number
  readonly aeTitle: string
  /** The newest of each SOPInstanceUID, in the order of their first arrival. */
  readonly receivedInstances: () => readonly ReceivedInstance[]
  /** Lets the next `times` C-STORE requests fail with this status (PS3.7 C; 0xA700 out of resources). */
  readonly failNext: (times: number, status: number) => void
  readonly stop: () => Promise<void>
}

/**
 * The DICOM side of the AIMIS gateway: a C-STORE and C-ECHO SCP on 127.0.0.1 at a random port. `transferSyntaxes`: the only ones it
 * takes, to practise a peer that refuses compressed images; absent: any that is offered, implicit VR last.
 */
export async function startSimulatedGatewayDicom(
  options: { readonly aeTitle?: string; readonly transferSyntaxes?: readonly string[] } = {},
): Promise<SimulatedGatewayDicom> {
  const { aeTitle = 'AIMIS', transferSyntaxes } = options
  dimse.log.setLevel('error')
  const instances = new Map<string, ReceivedInstance>()
  const sockets = new Set<Socket>()
  let failures = { times: 0, status: 0 }

  class GatewayScp extends dimse.Scp {
    #callingAeTitle = ''

    override associationRequested(asked: association.Association): void {
      if (asked.getCalledAeTitle() !== aeTitle) {
        const { RejectResult, RejectSource, RejectReason } = dimse.constants
        this.sendAssociationReject(RejectResult.Permanent, RejectSource.ServiceUser, RejectReason.CalledAeNotRecognized)
        return
      }
      this.#callingAeTitle = asked.getCallingAeTitle()
      for (const { context } of asked.getPresentationContexts()) {
        const offered = context.getTransferSyntaxUids()
        const taken = transferSyntaxes
          ? offered.find((uid) => transferSyntaxes.includes(uid))
          : (offered.find((uid) => uid !== implicitVrLittleEndian) ?? offered[0])
        const { PresentationContextResult: result } = dimse.constants
        if (taken === undefined) context.setResult(result.RejectTransferSyntaxesNotSupported)
        else context.setResult(result.Accept, taken)
      }
      this.sendAssociationAccept()
    }

    override associationReleaseRequested(): void {
      this.sendAssociationReleaseResponse()
    }

    override cEchoRequest(request: requests.CEchoRequest, callback: (response: responses.CEchoResponse) => void): void {
      const response = dimse.responses.CEchoResponse.fromRequest(request)
      response.setStatus(dimse.constants.Status.Success)
      callback(response)
    }

    override createStoreWritableStream(): Writable {
      return new HashingStream()
    }

    override createDatasetFromStoreWritableStream(
      writable: Writable,
      context: association.PresentationContext,
      callback: (dataset: InstanceType<typeof dimse.Dataset>) => void,
    ): void {
      const stream = writable as HashingStream
      const transferSyntaxUid = context.getAcceptedTransferSyntaxUid() ?? implicitVrLittleEndian
      const untilPixels = { untilTag: '7FE00010', includeUntilTagValue: false }
      const dataset = new dimse.Dataset(stream.whole(), transferSyntaxUid, untilPixels)
      const value = (keyword: string) => String(dataset.getElement(keyword) ?? '').trim()
      const sopInstanceUid = value('SOPInstanceUID')
      if (failures.times === 0) {
        instances.set(sopInstanceUid, {
          sopInstanceUid,
          sopClassUid: value('SOPClassUID'),
          studyInstanceUid: value('StudyInstanceUID'),
          seriesInstanceUid: value('SeriesInstanceUID'),
          accessionNumber: value('AccessionNumber'),
          patientId: value('PatientID'),
          transferSyntaxUid,
          sha256: stream.sha256(),
          callingAeTitle: this.#callingAeTitle,
          received: (instances.get(sopInstanceUid)?.received ?? 0) + 1,
        })
      }
      callback(dataset)
    }

    override cStoreRequest(
      request: requests.CStoreRequest,
      callback: (response: responses.CStoreResponse) => void,
    ): void {
      const response = dimse.responses.CStoreResponse.fromRequest(request)
      if (failures.times > 0) {
        failures = { ...failures, times: failures.times - 1 }
        response.setStatus(failures.status)
      } else {
        response.setStatus(dimse.constants.Status.Success)
      }
      callback(response)
    }
  }

  // The library's own server listens on every network card; this one only on the loopback.
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    new GatewayScp(socket, {}).on('networkError', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    aeTitle,
    receivedInstances: () => [...instances.values()],
    failNext: (times, status) => {
      failures = { times, status }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

class HashingStream extends Writable {
  readonly #chunks: Buffer[] = []
  readonly #hash = createHash('sha256')

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.#chunks.push(chunk)
    this.#hash.update(chunk)
    callback()
  }

  whole(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  sha256(): string {
    return this.#hash.copy().digest('hex')
  }
}
