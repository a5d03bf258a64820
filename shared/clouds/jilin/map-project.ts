import type { Modality } from '../../models/exam.ts'
import { isDecimal } from './check-body.ts'

export type StandardProject = { readonly standardProjectCode: string; readonly standardProjectName?: string }

/** One of the institution's own exam items, as projectContrast wants it. */
export type JilinProject = {
  readonly projectItemName: string
  readonly projectItemCode: string
  readonly type: string
  readonly sampleTypeCode: string
  readonly price?: number
  readonly standardProjectList: readonly StandardProject[]
}

export type ProjectContrastBody = { readonly hospitalCode?: string; readonly projects: readonly JilinProject[] }

/**
 * projectContrast: the frame of the document's example, the table's code for `type`. An image has no sample, and the dictionary of
 * 样本类别 is not in the document: '99' unless staff know better. Without a known standard item the list is empty, and the platform
 * maps it (409 is what queries say until then).
 */
export function mapProject(
  hospitalCode: string,
  item: {
    readonly code: string
    readonly name: string
    readonly modality: Modality
    /** The table's code, where staff chose one; otherwise by the modality. */
    readonly type?: string
    readonly price?: number
    readonly sampleTypeCode?: string
    readonly standardProjects?: readonly StandardProject[]
  },
): ProjectContrastBody {
  const project = {
    projectItemName: item.name,
    projectItemCode: item.code,
    type: item.type ?? projectTypes[item.modality],
    sampleTypeCode: item.sampleTypeCode ?? '99',
    ...(isDecimal('N6,2', item.price) ? { price: item.price } : {}),
    standardProjectList: item.standardProjects ?? [],
  }
  return hospitalCode === '' ? { projects: [project] } : { hospitalCode, projects: [project] }
}

/** 0 核医学, 1 内镜, 2 CT, 3 X线, 4 MR, 5 超声, 7 心电, 99 其他. */
const projectTypes: Readonly<Record<Modality, string>> = {
  PT: '0',
  ES: '1',
  CT: '2',
  DR: '3',
  CR: '3',
  DX: '3',
  MG: '3',
  XA: '3',
  RF: '3',
  MR: '4',
  US: '5',
  ECG: '7',
  SC: '99',
  SR: '99',
  OT: '99',
}
