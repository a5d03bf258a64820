import { expect, test } from 'vitest'
import { csvText } from '../../renderer/features/settings/csv-file.ts'
import { simulatorAddress } from '../../renderer/features/settings/simulator-address.ts'
import { suggestedMapping, type UsedItem, unmappedItems } from '../../renderer/features/settings/unmapped-items.ts'
import { itemMappingInputSchema } from '../../shared/models/item-mapping.ts'

const used = (itemCode: string, institutionId = 'i1'): UsedItem => ({
  institutionId,
  itemCode,
  itemName: `项目${itemCode}`,
  modality: 'US',
})

test('what exams used and nobody mapped is listed once, by institution and code', () => {
  const mapped = { ...suggestedMapping(used('A')), id: 'm1' }
  const open = unmappedItems([used('A'), used('B'), used('B'), used('A', 'i2')], [mapped])
  expect(open.map((item) => `${item.institutionId} ${item.itemCode}`)).toEqual(['i1 B', 'i2 A'])
})

test('a suggestion is one that the model takes, of the kind that the modality has', () => {
  const suggestion = suggestedMapping(used('A'))
  expect(suggestion.type).toBe('5')
  expect(itemMappingInputSchema.safeParse(suggestion).success).toBe(true)
})

test('a CSV is read as UTF-8, and as GB 18030 where Excel saved it so', () => {
  const utf8 = new TextEncoder().encode('\uFEFF机构,项目编码')
  expect(csvText(utf8.buffer)).toBe('机构,项目编码')
  const gb = Uint8Array.from([0xbb, 0xfa, 0xb9, 0xb9, 0x2c, 0x41])
  expect(csvText(gb.buffer)).toBe('机构,A')
})

test('only a destination on this computer has a simulator’s page', () => {
  expect(simulatorAddress({ gatewayUrl: 'http://127.0.0.1:8123/ris' })).toBe('http://127.0.0.1:8123/')
  expect(simulatorAddress({ baseUrl: 'https://cloud.example/x' })).toBeUndefined()
  expect(simulatorAddress({})).toBeUndefined()
})
