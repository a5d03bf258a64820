import { mapProject } from '../../../shared/clouds/jilin/map-project.ts'
import type { Exam } from '../../../shared/models/exam.ts'
import type { ItemMapping, ItemMappingInput } from '../../../shared/models/item-mapping.ts'

export type UsedItem = Pick<Exam, 'institutionId' | 'itemCode' | 'itemName' | 'modality'>

const keyOf = ({ institutionId, itemCode }: Pick<UsedItem, 'institutionId' | 'itemCode'>) =>
  `${institutionId}\n${itemCode}`

/** Items that exams used and that nobody has mapped, each once, the newest first. */
export function unmappedItems(used: readonly UsedItem[], mapped: readonly ItemMapping[]): readonly UsedItem[] {
  const known = new Set(mapped.map(keyOf))
  const open = new Map<string, UsedItem>()
  for (const item of used) if (!known.has(keyOf(item)) && !open.has(keyOf(item))) open.set(keyOf(item), item)
  return [...open.values()]
}

/** A mapping to begin with: the kind follows from the modality. */
export function suggestedMapping({ institutionId, itemCode, itemName, modality }: UsedItem): ItemMappingInput {
  const type = mapProject('', { code: itemCode, name: itemName, modality }).projects[0]?.type
  return {
    institutionId,
    itemCode,
    itemName,
    type: (type ?? '99') as ItemMappingInput['type'],
    sampleTypeCode: '99',
    standardItems: [],
  }
}
