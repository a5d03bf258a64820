import type { ElementValues } from '../../../shared/dicom/element-values.ts'
import { characterSetsOf } from '../../../shared/text/character-sets.ts'
import { type Diagnosis, diagnoseText, type RawText } from '../../../shared/text/charset-doctor.ts'

/** What the charset doctor says of one object: its declaration, and what its text is really written in. */
export type CharacterSetSuspicion = { readonly declared: string } & Omit<
  Extract<Diagnosis, { kind: 'otherwise' }>,
  'kind'
>

const names = [0x00100010, 0x00080090, 0x00081050, 0x00081060, 0x00081070, 0x00101001, 0x00321032, 0x00400006]
/** Institution, department, descriptions, comments and protocol: where devices write what people typed. */
const texts = [
  0x00080080, 0x00080081, 0x00081010, 0x00081030, 0x0008103e, 0x00081040, 0x00081080, 0x00080104, 0x00101040,
  0x00102110, 0x00102160, 0x00102180, 0x001021b0, 0x00104000, 0x00180015, 0x00181030, 0x00204000, 0x00321033,
  0x00321060, 0x00324000, 0x00380300, 0x00400007, 0x00400254, 0x00400280, 0x00401002, 0x00401400,
]
/** RequestAttributesSequence, ProcedureCodeSequence, RequestedProcedureCodeSequence, OtherPatientIDsSequence. */
const sequences = [0x00400275, 0x00081032, 0x00321064, 0x00101002]
/** A long comment says no more than its beginning. */
const mostBytes = 2048

/** Looks only at texts with bytes beyond ASCII, at the top and inside the sequences that inherit its declaration. */
export function suspectCharacterSet(values: ElementValues): CharacterSetSuspicion | undefined {
  const declared = values.declaredCharacterSet
  const found: RawText[] = []
  collect(values, found)
  for (const sequence of sequences) {
    if (!values.has(sequence)) continue
    for (const item of values.items(sequence).slice(0, 8)) {
      if (item.declaredCharacterSet === declared) collect(item, found)
    }
  }
  if (found.length === 0) return undefined
  const diagnosis = diagnoseText(found, characterSetsOf(declared))
  if (diagnosis.kind !== 'otherwise') return undefined
  const { readAs, confidence, samples } = diagnosis
  return { declared, readAs, confidence, samples }
}

function collect(values: ElementValues, into: RawText[]): void {
  for (const [tags, isName] of [
    [names, true],
    [texts, false],
  ] as const) {
    for (const tag of tags) {
      const bytes = values.rawText(tag)
      if (bytes && bytes.length <= mostBytes && bytes.some(isBeyondAscii)) into.push({ bytes, isName })
    }
  }
}

const isBeyondAscii = (byte: number): boolean => byte > 0x7f || byte === 0x1b
