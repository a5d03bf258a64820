import type { Modality } from '../../../shared/models/exam.ts'

export type UsualItem = {
  readonly modality: Modality
  readonly itemCode: string
  readonly itemName: string
  readonly bodyPart: string
  /** First letters of the pinyin, as staff type them: 'XBZW'. */
  readonly initials: string
}

const item = (
  modality: Modality,
  itemCode: string,
  itemName: string,
  bodyPart: string,
  initials: string,
): UsualItem => ({
  modality,
  itemCode,
  itemName,
  bodyPart,
  initials,
})

/** A beginning for a clinic that has no list yet; what it registers itself comes first from then on. */
export const firstItems: readonly UsualItem[] = [
  item('DR', 'DR001', '胸部正位', '胸部', 'XBZW'),
  item('DR', 'DR002', '胸部正侧位', '胸部', 'XBZCW'),
  item('DR', 'DR003', '腰椎正侧位', '腰椎', 'YZZCW'),
  item('DR', 'DR004', '颈椎正侧位', '颈椎', 'JZZCW'),
  item('DR', 'DR005', '膝关节正侧位', '膝关节', 'XGJZCW'),
  item('DR', 'DR006', '手正斜位', '手', 'SZXW'),
  item('DR', 'DR007', '踝关节正侧位', '踝关节', 'HGJZCW'),
  item('DR', 'DR008', '骨盆正位', '骨盆', 'GPZW'),
  item('DR', 'DR009', '腹部立位', '腹部', 'FBLW'),
  item('CT', 'CT001', '胸部平扫', '胸部', 'XBPS'),
  item('CT', 'CT002', '头颅平扫', '头颅', 'TLPS'),
  item('CT', 'CT003', '上腹部平扫', '上腹部', 'SFBPS'),
  item('US', 'US001', '上腹部超声', '上腹部', 'SFBCS'),
  item('US', 'US002', '甲状腺超声', '甲状腺', 'JZXCS'),
  item('US', 'US003', '乳腺超声', '乳腺', 'RXCS'),
  item('US', 'US004', '泌尿系超声', '泌尿系', 'MNXCS'),
  item('MR', 'MR001', '头颅平扫', '头颅', 'TLPS'),
  item('MR', 'MR002', '腰椎平扫', '腰椎', 'YZPS'),
  item('MG', 'MG001', '双乳摄影', '乳腺', 'SRSY'),
  item('ECG', 'ECG001', '常规心电图', '心脏', 'CGXDT'),
]

const sameItem = (left: UsualItem, right: UsualItem) =>
  left.modality === right.modality && left.itemName === right.itemName

/** What to offer for a modality: what is registered here in its order, then what a clinic begins with. */
export function itemsFor(modality: Modality, used: readonly UsualItem[]): readonly UsualItem[] {
  const unseen = firstItems.filter((first) => !used.some((known) => sameItem(known, first)))
  return [...used, ...unseen].filter((known) => known.modality === modality)
}

/** Whether an item answers to what was typed: in its name, its code or the first letters of its pinyin. */
export function itemMatches(known: UsualItem, typed: string): boolean {
  const wanted = typed.trim().toLowerCase()
  return [known.itemName, known.itemCode, known.initials].some((text) => text.toLowerCase().includes(wanted))
}

/** A name and a code: such an item can be registered. */
export function isWholeItem(exam: { readonly itemName?: string; readonly itemCode?: string }): boolean {
  return Boolean(exam.itemName?.trim() && exam.itemCode?.trim())
}

/** The items of a form after one more was chosen: a whole one in the fields moves to the others; the same again changes nothing. */
export function withItem(
  fields: Partial<UsualItem>,
  others: readonly UsualItem[],
  chosen: UsualItem,
): { readonly fields: UsualItem; readonly others: readonly UsualItem[] } {
  const kept = others.filter((other) => !sameItem(other, chosen))
  const inFields: UsualItem | undefined = isWholeItem(fields)
    ? {
        modality: fields.modality ?? chosen.modality,
        itemCode: fields.itemCode ?? '',
        itemName: fields.itemName ?? '',
        bodyPart: fields.bodyPart ?? '',
        initials: '',
      }
    : undefined
  return {
    fields: chosen,
    others: inFields && !sameItem(inFields, chosen) ? [...kept, inFields] : kept,
  }
}
