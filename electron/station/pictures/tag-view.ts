import type { TagView } from '../../../shared/api/viewer-routes.ts'
import { elementOfTag } from '../../../shared/dicom/data-dictionary.ts'
import { type Element, type Elements, itemsOf } from '../../../shared/dicom/read-elements.ts'
import type { DataSetEncoding } from '../../../shared/dicom/transfer-syntax.ts'
import { nameOfTag } from '../../../shared/dicom/walk-elements.ts'
import { characterSetsOf } from '../../../shared/text/character-sets.ts'
import type { StoredDataSet } from '../archive/archive.ts'
import { type StoredElement, withStoredElements } from '../archive/stored-elements.ts'
import { tagText } from './tag-text.ts'

const specificCharacterSet = 0x00080005
const pixelRepresentation = 0x00280103
/** Nobody reads more; a film of a thousand frames says the same of each. */
const mostElements = 20_000
const deepest = 16
const largestSequence = 8 * 1024 * 1024
const cut: TagView = { tag: '', keyword: '', vr: '', value: '…' }

type Level = {
  readonly encoding: DataSetEncoding
  readonly characterSets: readonly string[]
  /** Staff decided how this device's text is read: what items declare is not asked. */
  readonly isDecided: boolean
  readonly isSigned: boolean
  readonly depth: number
  readonly budget: { left: number }
}

/**
 * Every element of a stored data set for a person to read, pixels left out, sequences nested, private elements too. What cannot be read
 * ends the list. Throws only when the file is gone. `readAs`: character sets that hold in place of the declared ones.
 */
export async function tagsOf(stored: StoredDataSet, readAs: readonly string[] | undefined): Promise<TagView[]> {
  const syntax: TagView = {
    tag: '(0002,0010)',
    keyword: 'TransferSyntaxUID',
    vr: 'UI',
    value: stored.transferSyntaxUid,
  }
  const read = async (elements: readonly StoredElement[], encoding: DataSetEncoding) => {
    const level: Level = {
      encoding,
      characterSets: readAs ?? declaredIn(elements) ?? [''],
      isDecided: readAs !== undefined,
      isSigned: isSignedIn(elements),
      depth: 0,
      budget: { left: mostElements },
    }
    return listed(
      elements.map(({ tag, vr, length, inMemory }) => ({
        tag,
        vr,
        length,
        bytes: inMemory?.bytes,
        element: inMemory?.element,
      })),
      level,
    )
  }
  const found = await withStoredElements(stored, ({ elements, encoding }) => read(elements, encoding), {
    largestSequence,
  })
  return [syntax, ...found]
}

type Listed = {
  readonly tag: number
  readonly vr: string
  readonly length: number | undefined
  readonly bytes: Buffer | undefined
  readonly element: Element | undefined
}

function listed(elements: readonly Listed[], level: Level): TagView[] {
  const views: TagView[] = []
  for (const one of [...elements].sort((a, b) => a.tag - b.tag)) {
    if (isLeftOut(one.tag)) continue
    if (level.budget.left-- <= 0) return [...views, cut]
    views.push(viewOf(one, level))
  }
  return views
}

/** Group lengths are of the writing, not of the image (PS3.5 7.2); pixels are for looking at. */
const isLeftOut = (tag: number): boolean => tag % 0x10000 === 0 || Math.floor(tag / 0x10000) === 0x7fe0

function viewOf({ tag, vr: written, length, bytes, element }: Listed, level: Level): TagView {
  const vr = element && element.length === undefined ? 'SQ' : vrOf(tag, written, level.isSigned)
  const head = { tag: nameOfTag(tag), keyword: elementOfTag(tag)?.keyword ?? '', vr }
  if (!bytes || !element) return { ...head, value: `… (${length ?? '?'})` }
  if (vr !== 'SQ') {
    return {
      ...head,
      value: tagText(vr, bytes.subarray(element.offset, element.end), level.encoding, level.characterSets),
    }
  }
  if (level.depth >= deepest || level.budget.left <= 0) return { ...head, value: '…' }
  const encoding = { ...level.encoding, explicitVr: element.explicitVr }
  const items: (readonly TagView[])[] = []
  for (const item of itemsOf(bytes, element, level.encoding)) {
    if (level.budget.left-- <= 0) return { ...head, value: '…', items }
    items.push(itemView(bytes, item, { ...level, encoding, depth: level.depth + 1 }))
  }
  return { ...head, value: '', items }
}

function itemView(bytes: Buffer, item: Elements, level: Level): TagView[] {
  const declared = item.get(specificCharacterSet)
  const characterSets = declared && !level.isDecided ? termsOf(bytes, declared) : level.characterSets
  const elements = [...item].map(([tag, element]) => ({ tag, vr: element.vr, length: element.length, bytes, element }))
  return listed(elements, { ...level, characterSets })
}

function declaredIn(elements: readonly StoredElement[]): readonly string[] | undefined {
  const declared = elements.find(({ tag }) => tag === specificCharacterSet)?.inMemory
  return declared && termsOf(declared.bytes, declared.element)
}

function isSignedIn(elements: readonly StoredElement[]): boolean {
  const found = elements.find(({ tag }) => tag === pixelRepresentation)?.inMemory
  // 0 or 1 in two bytes, whichever comes first.
  return found?.bytes.subarray(found.element.offset, found.element.end).includes(1) ?? false
}

function termsOf(bytes: Buffer, { offset, end }: Element): readonly string[] {
  return characterSetsOf(bytes.toString('latin1', offset, Math.min(end, offset + 1024)).replace(/[\0 ]+$/u, ''))
}

/** Implicit VR: what PS3.6 says; a private creator is LO (PS3.5 7.8.1), other private elements are not known. */
function vrOf(tag: number, written: string, isSigned: boolean): string {
  if (written !== '' && written !== 'UN') return written
  const known = elementOfTag(tag)?.vr
  if (known === 'XS') return isSigned ? 'SS' : 'US'
  if (known) return known
  const isCreator = Math.floor(tag / 0x10000) % 2 === 1 && tag % 0x10000 >= 0x10 && tag % 0x10000 <= 0xff
  return isCreator ? 'LO' : 'UN'
}
