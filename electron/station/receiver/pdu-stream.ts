import { abortReason, PeerViolation, pduType } from '../../../shared/dicom/pdu.ts'

export type PduLimits = { readonly associationPdu: number; readonly dataPdu: number }

/**
 * What is done with what comes. A promise holds the stream: nothing more is read before it is settled. Bytes are lent: after that
 * their memory is read into again.
 */
export type PduHandler = {
  /** A whole PDU that is not P-DATA-TF, head included; these bytes may be kept. */
  pdu(type: number, bytes: Buffer): Promise<void> | undefined
  /** A piece of a PDV's value. `ends`: it is the last piece of the last fragment of its command set or data set. */
  fragment(contextId: number, isCommand: boolean, piece: Buffer, ends: boolean): Promise<void> | undefined
}

type State =
  | { readonly kind: 'pdu-head' }
  | { readonly kind: 'pdu-body'; readonly type: number }
  | { readonly kind: 'pdv-head' }
  | { readonly kind: 'pdv-value'; readonly contextId: number; readonly isCommand: boolean; readonly isLast: boolean }

const known: ReadonlySet<number> = new Set(Object.values(pduType))

/**
 * Cuts a TCP stream into PDUs and PDVs (PS3.8 9.3) without gathering P-DATA: pieces go on as slices of the bytes that were read.
 * A declared length is checked before the first byte it promises is waited for. One call at a time.
 */
export function createPduStream(limits: PduLimits, handler: PduHandler) {
  let state: State = { kind: 'pdu-head' }
  /** What is still missing of what the state waits for, and what was gathered for it. */
  let missing = 6
  let gathered: Buffer[] = []
  let leftInPdu = 0
  let isAssociated = false

  function startPdu(head: Buffer): void {
    const type = head.readUInt8(0)
    const length = head.readUInt32BE(2)
    if (!known.has(type)) throw new PeerViolation(abortReason.unrecognizedPdu, `unknown PDU type ${type}`)
    const isExpected = isAssociated ? type !== pduType.associateRq : type === pduType.associateRq
    if (!isExpected && type !== pduType.abort)
      throw new PeerViolation(abortReason.unexpectedPdu, `PDU type ${type} now`)
    if (length > (type === pduType.dataTf ? limits.dataPdu : limits.associationPdu)) {
      throw new PeerViolation(abortReason.invalidParameter, `PDU of ${length} bytes`)
    }
    if (type === pduType.dataTf) {
      leftInPdu = length
      nextPdv()
    } else {
      state = { kind: 'pdu-body', type }
      gathered = [head]
      missing = length
    }
  }

  function nextPdv(): void {
    gathered = []
    if (leftInPdu === 0) {
      state = { kind: 'pdu-head' }
      missing = 6
    } else if (leftInPdu < 6) {
      throw new PeerViolation(abortReason.invalidParameter, 'a PDV is cut off')
    } else {
      state = { kind: 'pdv-head' }
      missing = 6
    }
  }

  function startPdv(head: Buffer): void {
    const length = head.readUInt32BE(0)
    if (length < 2 || length + 4 > leftInPdu) {
      throw new PeerViolation(abortReason.invalidParameter, `a PDV of ${length} bytes in ${leftInPdu}`)
    }
    const control = head.readUInt8(5)
    const contextId = head.readUInt8(4)
    state = { kind: 'pdv-value', contextId, isCommand: (control & 1) === 1, isLast: (control & 2) === 2 }
    missing = length - 2
    leftInPdu -= length + 4
  }

  /** The state has all that it waited for. */
  function complete(): Promise<void> | undefined {
    const bytes = Buffer.concat(gathered)
    gathered = []
    switch (state.kind) {
      case 'pdu-head':
        startPdu(bytes)
        return
      case 'pdv-head':
        startPdv(bytes)
        return
      case 'pdu-body': {
        const { type } = state
        state = { kind: 'pdu-head' }
        missing = 6
        if (type === pduType.associateRq) isAssociated = true
        return handler.pdu(type, bytes)
      }
      case 'pdv-value': // told piece by piece
        nextPdv()
        return
    }
  }

  return {
    /** True between messages: nothing of a PDU is waited for. */
    isBetweenPdus: (): boolean => state.kind === 'pdu-head' && missing === 6,
    /** The chunk is lent until the promise settles. */
    async take(chunk: Buffer): Promise<void> {
      let at = 0
      for (;;) {
        if (missing > 0 && at === chunk.length) return
        const piece = chunk.subarray(at, at + missing)
        at += piece.length
        missing -= piece.length
        if (state.kind === 'pdv-value') {
          const ends = missing === 0 && state.isLast
          const hold = handler.fragment(state.contextId, state.isCommand, piece, ends)
          if (hold) await hold
        } else gathered.push(missing > 0 ? Buffer.from(piece) : piece)
        if (missing === 0) {
          const hold = complete()
          if (hold) await hold
        }
      }
    },
  }
}
