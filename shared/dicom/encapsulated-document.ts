import type { ElementToWrite } from './data-set-writer.ts'
import { encapsulatedPdfStorage } from './sop-class.ts'

/** A PDF as the Encapsulated Document module holds it, PS3.3 C.24.2, with what SC Equipment says of a paper (C.8.6.1). */
export function encapsulatedPdfElements(document: {
  readonly title: string
  readonly pdf: Buffer
  /** 'YYYYMMDD', 'HHMMSS'. */
  readonly contentDate: string
  readonly contentTime: string
  readonly instanceNumber: number
  /** PS3.3 C.8.6.1: WSD made on a workstation, SD a scanned document. */
  readonly conversionType: 'WSD' | 'SD'
}): ElementToWrite[] {
  return [
    { tag: 0x00080016, vr: 'UI', value: encapsulatedPdfStorage },
    { tag: 0x00080023, vr: 'DA', value: document.contentDate },
    { tag: 0x0008002a, vr: 'DT', value: '' },
    { tag: 0x00080033, vr: 'TM', value: document.contentTime },
    { tag: 0x00080060, vr: 'CS', value: 'DOC' },
    { tag: 0x00080064, vr: 'CS', value: document.conversionType },
    { tag: 0x00080070, vr: 'LO', value: '' },
    { tag: 0x00200013, vr: 'IS', value: String(document.instanceNumber) },
    { tag: 0x00280301, vr: 'CS', value: 'YES' },
    { tag: 0x0040a043, vr: 'SQ', value: [] },
    { tag: 0x00420010, vr: 'ST', value: document.title },
    { tag: 0x00420011, vr: 'OB', value: document.pdf },
    { tag: 0x00420012, vr: 'LO', value: 'application/pdf' },
    // An odd length is padded in the element above; this one says where the document ends.
    { tag: 0x00420015, vr: 'UL', value: document.pdf.length },
  ]
}
