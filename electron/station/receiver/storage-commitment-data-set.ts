import { encodeDataSet } from '../../../shared/dicom/data-set-writer.ts'
import { valuesOf } from '../../../shared/dicom/element-values.ts'
import { readElements } from '../../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'

export type ReferencedObject = { readonly sopClassUid: string; readonly sopInstanceUid: string }
/** `why`: FailureReason (0008,1197), PS3.3 C.14.1.1. */
export type FailedObject = ReferencedObject & { readonly why: number }

export type CommitmentRequest = { readonly transactionUid: string; readonly referenced: readonly ReferencedObject[] }

const transactionUid = 0x00081195
const referencedSops = 0x00081199
const failedSops = 0x00081198
const sopClass = 0x00081150
const sopInstance = 0x00081155
const failureReason = 0x00081197

/** What an N-ACTION asks, PS3.4 table J.3-1. Undefined: no data set, or one that names no transaction or no object. */
export function readCommitmentRequest(bytes: Buffer, transferSyntaxUid: string): CommitmentRequest | undefined {
  const encoding = dataSetEncodingOf(transferSyntaxUid)
  const read = readElements(bytes, encoding)
  if (read.kind !== 'whole') return undefined
  const values = valuesOf(bytes, read.elements, encoding)
  const referenced = values.items(referencedSops).map((item) => ({
    sopClassUid: item.text(sopClass),
    sopInstanceUid: item.text(sopInstance),
  }))
  const uid = values.text(transactionUid)
  return uid === '' || referenced.length === 0 ? undefined : { transactionUid: uid, referenced }
}

export type CommitmentResult = {
  readonly transactionUid: string
  readonly kept: readonly ReferencedObject[]
  readonly failed: readonly FailedObject[]
}

/** EventTypeID of a result, PS3.4 J.3.3: 1 everything is kept, 2 failures exist. */
export const eventTypeOf = ({ failed }: CommitmentResult): 1 | 2 => (failed.length === 0 ? 1 : 2)

/** What an N-EVENT-REPORT says, PS3.4 table J.3-2. A sequence without items is left out. */
export function writeCommitmentResult(result: CommitmentResult, explicitVr: boolean): Buffer {
  const item = ({ sopClassUid, sopInstanceUid }: ReferencedObject) => [
    { tag: sopClass, vr: 'UI', value: sopClassUid },
    { tag: sopInstance, vr: 'UI', value: sopInstanceUid },
  ]
  const failed = result.failed.map((one) => [...item(one), { tag: failureReason, vr: 'US', value: one.why }])
  return encodeDataSet(
    [
      { tag: transactionUid, vr: 'UI', value: result.transactionUid },
      ...(failed.length > 0 ? [{ tag: failedSops, vr: 'SQ', value: failed }] : []),
      ...(result.kept.length > 0 ? [{ tag: referencedSops, vr: 'SQ', value: result.kept.map(item) }] : []),
    ],
    { explicitVr, text: 'ascii' },
  )
}
