import type { ItemMapping } from '../../../shared/models/item-mapping.ts'
import { both } from '../both.ts'

type Words = {
  intro: string
  institution: string
  itemCode: string
  itemName: string
  type: string
  types: Record<ItemMapping['type'], string>
  sampleTypeCode: string
  sampleTypeCodeHint: string
  price: string
  standardItems: string
  standardCode: string
  standardName: string
  addStandard: string
  removeStandard: (n: number) => string
  noStandard: string
  unmapped: string
  unmappedHint: string
  map: string
  mapOf: (name: string) => string
  create: string
  change: string
  removeTitle: (name: string) => string
  removeHint: string
  importCsv: string
  exportCsv: string
  imported: (n: number) => string
  fileName: string
  empty: string
}

export const itemsText = both<Words>(
  {
    intro: '本机构的检查项目对应省平台的哪些标准项目。没有对照的项目查不了重复检查。',
    institution: '机构',
    itemCode: '项目编码',
    itemName: '项目名称',
    type: '检查类型',
    types: {
      '0': '核医学',
      '1': '内镜',
      '2': 'CT',
      '3': 'X线',
      '4': 'MR',
      '5': '超声',
      '6': '病理',
      '7': '心电',
      '99': '其他',
    },
    sampleTypeCode: '样本类别代码',
    sampleTypeCodeHint: '影像检查没有样本，填 99',
    price: '费用（元）',
    standardItems: '标准项目',
    standardCode: '标准项目编码',
    standardName: '标准项目名称',
    addStandard: '添加标准项目',
    removeStandard: (n) => `删除第 ${n} 个标准项目`,
    noStandard: '没有对应标准项目',
    unmapped: '未对照',
    unmappedHint: '最近用过、还没有对照',
    map: '对照',
    mapOf: (name) => `对照 ${name}`,
    create: '新建对照',
    change: '修改对照',
    removeTitle: (name) => `删除 ${name} 的对照？`,
    removeHint: '已经上传的对照不会从平台删除。',
    importCsv: '导入 CSV',
    exportCsv: '导出 CSV',
    imported: (n) => `已导入 ${n} 个项目`,
    fileName: '项目对照.csv',
    empty: '还没有项目对照',
  },
  {
    intro: 'Which standard items of the province the clinic’s items stand for. Unmapped items find no duplicates.',
    institution: 'Institution',
    itemCode: 'Item code',
    itemName: 'Item name',
    type: 'Kind',
    types: {
      '0': 'Nuclear medicine',
      '1': 'Endoscopy',
      '2': 'CT',
      '3': 'X-ray',
      '4': 'MR',
      '5': 'Ultrasound',
      '6': 'Pathology',
      '7': 'ECG',
      '99': 'Other',
    },
    sampleTypeCode: 'Sample type code',
    sampleTypeCodeHint: 'imaging has no sample: 99',
    price: 'Price (yuan)',
    standardItems: 'Standard items',
    standardCode: 'Standard item code',
    standardName: 'Standard item name',
    addStandard: 'Add a standard item',
    removeStandard: (n) => `Remove standard item ${n}`,
    noStandard: 'no standard item',
    unmapped: 'not mapped',
    unmappedHint: 'used lately and not mapped',
    map: 'Map',
    mapOf: (name) => `Map ${name}`,
    create: 'New mapping',
    change: 'Change mapping',
    removeTitle: (name) => `Remove the mapping of ${name}?`,
    removeHint: 'What was uploaded stays in the cloud.',
    importCsv: 'Import CSV',
    exportCsv: 'Export CSV',
    imported: (n) => `${n} items imported`,
    fileName: 'item-mappings.csv',
    empty: 'No item mappings yet',
  },
)
