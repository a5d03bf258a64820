import { z } from 'zod'
import { type Modality, modalitySchema } from '../../../shared/models/exam.ts'

const usualItemSchema = z.object({
  modality: modalitySchema,
  itemCode: z.string(),
  itemName: z.string(),
  bodyPart: z.string(),
})
export type UsualItem = z.infer<typeof usualItemSchema>

const item = (modality: Modality, itemCode: string, itemName: string, bodyPart: string): UsualItem => ({
  modality,
  itemCode,
  itemName,
  bodyPart,
})

/** A beginning for a clinic that has no list yet; what it registers itself comes first from then on. */
export const firstItems: readonly UsualItem[] = [
  item('DR', 'DR001', '胸部正位', '胸部'),
  item('DR', 'DR002', '胸部正侧位', '胸部'),
  item('DR', 'DR003', '腰椎正侧位', '腰椎'),
  item('DR', 'DR004', '颈椎正侧位', '颈椎'),
  item('DR', 'DR005', '膝关节正侧位', '膝关节'),
  item('DR', 'DR006', '手正斜位', '手'),
  item('DR', 'DR007', '踝关节正侧位', '踝关节'),
  item('DR', 'DR008', '骨盆正位', '骨盆'),
  item('DR', 'DR009', '腹部立位', '腹部'),
  item('CT', 'CT001', '胸部平扫', '胸部'),
  item('CT', 'CT002', '头颅平扫', '头颅'),
  item('CT', 'CT003', '上腹部平扫', '上腹部'),
  item('US', 'US001', '上腹部超声', '上腹部'),
  item('US', 'US002', '甲状腺超声', '甲状腺'),
  item('US', 'US003', '乳腺超声', '乳腺'),
  item('US', 'US004', '泌尿系超声', '泌尿系'),
  item('MR', 'MR001', '头颅平扫', '头颅'),
  item('MR', 'MR002', '腰椎平扫', '腰椎'),
  item('MG', 'MG001', '双乳摄影', '乳腺'),
  item('ECG', 'ECG001', '常规心电图', '心脏'),
]

const storageKey = 'station-usual-items'
const kept = 60

export function ownItems(): readonly UsualItem[] {
  try {
    return z.array(usualItemSchema).parse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'))
  } catch {
    return []
  }
}

const sameItem = (left: UsualItem, right: UsualItem) =>
  left.modality === right.modality && left.itemName === right.itemName

/** The newest first, each once. */
export function withNewest(items: readonly UsualItem[], newest: UsualItem): readonly UsualItem[] {
  return [newest, ...items.filter((known) => !sameItem(known, newest))].slice(0, kept)
}

export function rememberItem(newest: UsualItem): void {
  localStorage.setItem(storageKey, JSON.stringify(withNewest(ownItems(), newest)))
}

/** What to offer for a modality: the clinic's own first. */
export function itemsFor(modality: Modality, own: readonly UsualItem[]): readonly UsualItem[] {
  const unseen = firstItems.filter((first) => !own.some((known) => sameItem(known, first)))
  return [...own, ...unseen].filter((known) => known.modality === modality)
}
