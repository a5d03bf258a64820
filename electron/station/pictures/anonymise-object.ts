import { elementOfTag } from '../../../shared/dicom/data-dictionary.ts'

import { derivedUid } from '../../../shared/dicom/derived-uid.ts'
import { part10Head } from '../../../shared/dicom/part10-head.ts'
import { type Element, type Elements, itemsOf, pixelData } from '../../../shared/dicom/read-elements.ts'
import {
  type DataSetEncoding,
  dataSetEncodingOf,
  explicitVrLittleEndian,
} from '../../../shared/dicom/transfer-syntax.ts'
import { elementHead, writeElement, writeItem, writeText } from '../../../shared/dicom/write-element.ts'
import type { StoredDataSet } from '../archive/archive.ts'
import type { ByteSource } from '../archive/frame-bytes.ts'
import { type StoredElement, withStoredElements } from '../archive/stored-elements.ts'
import { deidentifyAction, isStandardUid } from './deidentify-rules.ts'
import type { IdentifyingWords } from './identifying-words.ts'

export type Anonymisation = {
  /** Of one export: the same UID becomes the same UID within it, and nobody finds the way back. */
  readonly salt: string
  /** Stands in for PatientID. */
  readonly pseudonym: string
  readonly words: IdentifyingWords
}

/** A Part 10 file: `head`, then `pixels` (a stored file's bytes, or bytes that were inflated), which ends it. */
export type AnonymousObject = {
  readonly kind: 'anonymous'
  readonly head: Buffer
  readonly pixels: Buffer | { readonly path: string; readonly start: number; readonly length: number }
  readonly size: number
  /** BurnedInAnnotation (0028,0301) does not say NO: the picture itself may name somebody. */
  readonly mayBeBurnedIn: boolean
}
export type AnonymousOutcome = AnonymousObject | { readonly kind: 'cannot'; readonly reason: string }

const deepest = 16
const longestTable = 4 * 1024 * 1024

/**
 * An image without its person (PS3.15 E.1.1): elements cleaned at every level, pixels the very same bytes, whatever stands behind them left
 * out. A deflated data set comes inflated. Objects without pixels are refused: their content is about a person.
 */
export async function anonymise(stored: StoredDataSet, how: Anonymisation): Promise<AnonymousOutcome> {
  return withStoredElements(stored, async ({ elements, encoding, source }) => {
    const pixels = elements.find(({ tag }) => tag === pixelData)
    if (!pixels) return { kind: 'cannot', reason: 'the object holds no image' }
    const length = pixels.length ?? (await fragmentsLength(source, pixels.offset))
    const isDeflated = dataSetEncodingOf(stored.transferSyntaxUid).deflated
    const before = elements.filter(({ tag }) => tag < pixelData)
    const text = (tag: number) => textOf(before.find((one) => one.tag === tag))
    const sopClassUid = text(0x00080016)
    const writer = createWriter(how)
    const sopInstanceUid = writer.uidFor(text(0x00080018))
    const transferSyntaxUid = isDeflated ? explicitVrLittleEndian : stored.transferSyntaxUid
    const content = inOrder([...writer.topLevel(before, encoding), ...added(how, encoding, before)])
    const pixelHead = elementHead(
      pixelData,
      pixels.vr || 'OW',
      pixels.length === undefined ? 0xffffffff : length,
      encoding,
    )
    const head = Buffer.concat([
      part10Head({ sopClassUid, sopInstanceUid, transferSyntaxUid, sourceAeTitle: 'ANONYMOUS' }),
      content,
      pixelHead,
    ])
    const inFile = { path: stored.path, start: stored.offset + pixels.offset, length }
    const inflated = isDeflated ? await source.read(pixels.offset, length) : undefined
    const there = inflated?.length ?? Math.min(length, stored.length - pixels.offset)
    if (there < length) return { kind: 'cannot', reason: 'the pixel data is cut short' }
    return {
      kind: 'anonymous',
      head,
      pixels: inflated ?? inFile,
      size: head.length + length,
      mayBeBurnedIn: text(0x00280301) !== 'NO',
    }
  })
}

type Written = { readonly tag: number; readonly bytes: Buffer }
const inOrder = (written: readonly Written[]) =>
  Buffer.concat([...written].sort((a, b) => a.tag - b.tag).map(({ bytes }) => bytes))

function createWriter({ salt, words }: Anonymisation) {
  const uidFor = (uid: string) => (uid === '' || isStandardUid(uid) ? uid : derivedUid('anonymous', salt, uid))

  function element(bytes: Buffer, tag: number, one: Element, encoding: DataSetEncoding, depth: number): Written[] {
    const vr = one.vr || knownVr(tag)
    const action = deidentifyAction(tag, one.length === undefined && vr !== 'UN' ? 'SQ' : vr)
    const value = bytes.subarray(one.offset, one.end)
    switch (action.kind) {
      case 'remove':
        return []
      case 'empty':
        return [{ tag, bytes: writeElement(tag, vr, Buffer.alloc(0), encoding) }]
      case 'dummy':
        return [{ tag, bytes: writeText(tag, vr, action.text, encoding) }]
      case 'uid': {
        const uids = value
          .toString('latin1')
          .replace(/[\0 ]+$/u, '')
          .split('\\')
        return [{ tag, bytes: writeText(tag, vr, uids.map((uid) => uidFor(uid.trim())).join('\\'), encoding) }]
      }
      case 'clean': {
        if (depth >= deepest) return []
        const inner = { ...encoding, explicitVr: one.explicitVr }
        const items = itemsOf(bytes, one, encoding).map((item) =>
          writeItem([itemContent(bytes, item, inner, depth)], inner),
        )
        return [{ tag, bytes: writeElement(tag, 'SQ', Buffer.concat(items), encoding) }]
      }
      case 'keep': {
        const isNamed = isWords(vr) && words.areIn(value)
        return [{ tag, bytes: writeElement(tag, vr, isNamed ? Buffer.alloc(0) : value, encoding) }]
      }
    }
  }

  const itemContent = (bytes: Buffer, item: Elements, encoding: DataSetEncoding, depth: number): Buffer =>
    inOrder([...item].flatMap(([tag, one]) => element(bytes, tag, one, encoding, depth + 1)))

  return {
    uidFor,
    /** What is too long to be held is a table or a sequence nobody needs to see the picture. */
    topLevel: (elements: readonly StoredElement[], encoding: DataSetEncoding): Written[] =>
      elements.flatMap(({ tag, inMemory }) =>
        inMemory && inMemory.element.end - inMemory.element.offset <= longestTable && !isReplaced(tag)
          ? element(inMemory.bytes, tag, inMemory.element, encoding, 0)
          : [],
      ),
  }
}

const patientId = 0x00100020
const patientName = 0x00100010
/** Written anew whatever stood there. */
const isReplaced = (tag: number) => tag === patientId || tag === patientName

/** PS3.15 E.1.1: that it was done, and by which profile (PS3.16 CID 7050). */
function added({ pseudonym }: Anonymisation, encoding: DataSetEncoding, before: readonly StoredElement[]): Written[] {
  const text = (tag: number, vr: string, value: string) => ({ tag, bytes: writeText(tag, vr, value, encoding) })
  const code = [
    text(0x00080100, 'SH', '113100'),
    text(0x00080102, 'SH', 'DCM'),
    text(0x00080104, 'LO', 'Basic Application Confidentiality Profile'),
  ]
  const codes = writeItem([inOrder(code)], encoding)
  const isThere = new Set(before.map(({ tag }) => tag))
  const type2 = [0x00080020, 0x00080030, 0x00080050, 0x00080090, 0x00100030, 0x00100040, 0x00200010]
  return [
    text(patientName, 'PN', 'ANONYMOUS'),
    text(patientId, 'LO', pseudonym),
    ...type2.filter((tag) => !isThere.has(tag)).map((tag) => text(tag, knownVr(tag), '')),
    text(0x00120062, 'CS', 'YES'),
    text(0x00120063, 'LO', 'PS3.15 E Basic Application Level Confidentiality Profile'),
    { tag: 0x00120064, bytes: writeElement(0x00120064, 'SQ', codes, encoding) },
    text(0x00280303, 'CS', 'REMOVED'),
  ]
}

const notWords = new Set([
  'DS',
  'IS',
  'US',
  'SS',
  'UL',
  'SL',
  'FL',
  'FD',
  'UV',
  'SV',
  'AT',
  'OB',
  'OW',
  'OF',
  'OD',
  'OL',
  'OV',
])
const isWords = (vr: string) => !notWords.has(vr)

/** In implicit VR; US or SS is one size. */
function knownVr(tag: number): string {
  const vr = elementOfTag(tag)?.vr ?? 'UN'
  return vr === 'XS' ? 'US' : vr
}

function textOf(found: StoredElement | undefined): string {
  if (!found?.inMemory) return ''
  const { bytes, element } = found.inMemory
  return bytes.toString('latin1', element.offset, Math.min(element.end, element.offset + 256)).replace(/[\0 ]+$/u, '')
}

/** Of encapsulated pixel data with its delimiter (PS3.5 A.4). */
async function fragmentsLength(source: ByteSource, offset: number): Promise<number> {
  for (let at = offset; ; ) {
    const head = await source.read(at, 8)
    if (head.length < 8) return at - offset
    if (head.readUInt32LE(0) !== 0xe000fffe) return at + 8 - offset
    at += 8 + head.readUInt32LE(4)
  }
}
