/** What a SOP class is for staff, and what kind of device usually proposes it: Modality, as clinics write it (DR, where DICOM has DX). */
type SopClassWords = { readonly name: string; readonly modality?: string }

const storage = (kind: string, modality?: string): SopClassWords => ({
  name: `${kind}存储`,
  ...(modality && { modality }),
})

const image = '1.2.840.10008.5.1.4.1.1.'
const queryRetrieve = '1.2.840.10008.5.1.4.1.2.'

/** By SOP class UID, PS3.6 table A-1. */
const sopClasses: Readonly<Record<string, SopClassWords>> = {
  '1.2.840.10008.1.1': { name: '连通测试' },
  '1.2.840.10008.5.1.4.31': { name: '检查工作列表' },
  '1.2.840.10008.3.1.2.3.3': { name: '检查执行状态（MPPS）' },
  '1.2.840.10008.3.1.2.3.4': { name: '检查执行状态通知' },
  '1.2.840.10008.3.1.2.3.5': { name: '检查执行状态查询' },
  '1.2.840.10008.1.20.1': { name: '存储确认' },
  '1.2.840.10008.5.1.4.33': { name: '影像可用通知' },
  '1.2.840.10008.5.1.1.9': { name: '胶片打印（黑白）' },
  '1.2.840.10008.5.1.1.18': { name: '胶片打印（彩色）' },
  [`${queryRetrieve}1.1`]: { name: '影像查询（患者）' },
  [`${queryRetrieve}1.2`]: { name: '影像调取（患者，C-MOVE）' },
  [`${queryRetrieve}1.3`]: { name: '影像调取（患者，C-GET）' },
  [`${queryRetrieve}2.1`]: { name: '影像查询（检查）' },
  [`${queryRetrieve}2.2`]: { name: '影像调取（检查，C-MOVE）' },
  [`${queryRetrieve}2.3`]: { name: '影像调取（检查，C-GET）' },
  [`${image}1`]: storage('CR 影像', 'CR'),
  [`${image}1.1`]: storage('DR 影像', 'DR'),
  [`${image}1.1.1`]: storage('DR 影像（待处理）', 'DR'),
  [`${image}1.2`]: storage('乳腺 X 线影像', 'MG'),
  [`${image}1.2.1`]: storage('乳腺 X 线影像（待处理）', 'MG'),
  [`${image}1.3`]: storage('口内牙片影像', 'IO'),
  [`${image}1.3.1`]: storage('口内牙片影像（待处理）', 'IO'),
  [`${image}2`]: storage('CT 影像', 'CT'),
  [`${image}2.1`]: storage('增强型 CT 影像', 'CT'),
  [`${image}3`]: storage('超声动态影像（旧）', 'US'),
  [`${image}3.1`]: storage('超声动态影像', 'US'),
  [`${image}4`]: storage('MR 影像', 'MR'),
  [`${image}4.1`]: storage('增强型 MR 影像', 'MR'),
  [`${image}4.2`]: storage('MR 波谱', 'MR'),
  [`${image}6`]: storage('超声影像（旧）', 'US'),
  [`${image}6.1`]: storage('超声影像', 'US'),
  [`${image}6.2`]: storage('超声容积影像', 'US'),
  [`${image}7`]: storage('二次捕获影像'),
  [`${image}7.1`]: storage('多帧二次捕获影像（1 位）'),
  [`${image}7.2`]: storage('多帧二次捕获影像（8 位灰度）'),
  [`${image}7.3`]: storage('多帧二次捕获影像（16 位灰度）'),
  [`${image}7.4`]: storage('多帧二次捕获影像（彩色）'),
  [`${image}9.1.1`]: storage('12 导联心电图', 'ECG'),
  [`${image}9.1.2`]: storage('心电图', 'ECG'),
  [`${image}9.1.3`]: storage('动态心电图', 'ECG'),
  [`${image}11.1`]: storage('灰度显示状态'),
  [`${image}12.1`]: storage('血管造影影像', 'XA'),
  [`${image}12.1.1`]: storage('增强型血管造影影像', 'XA'),
  [`${image}12.2`]: storage('透视影像', 'RF'),
  [`${image}12.2.1`]: storage('增强型透视影像', 'RF'),
  [`${image}13.1.1`]: storage('三维血管造影影像', 'XA'),
  [`${image}13.1.2`]: storage('口腔颌面三维影像', 'DR'),
  [`${image}13.1.3`]: storage('乳腺断层影像', 'MG'),
  [`${image}20`]: storage('核医学影像', 'NM'),
  [`${image}66`]: storage('原始数据'),
  [`${image}77.1.1`]: storage('内镜影像', 'ES'),
  [`${image}77.1.1.1`]: storage('内镜视频', 'ES'),
  [`${image}77.1.2`]: storage('显微镜影像', 'GM'),
  [`${image}77.1.4`]: storage('照片', 'XC'),
  [`${image}77.1.4.1`]: storage('视频', 'XC'),
  [`${image}77.1.5.1`]: storage('眼底照片（8 位）', 'OP'),
  [`${image}77.1.5.2`]: storage('眼底照片（16 位）', 'OP'),
  [`${image}77.1.5.4`]: storage('眼科断层影像（OCT）', 'OPT'),
  [`${image}77.1.6`]: storage('数字病理切片', 'SM'),
  [`${image}88.11`]: storage('文字结构化报告'),
  [`${image}88.22`]: storage('增强型结构化报告'),
  [`${image}88.33`]: storage('综合结构化报告'),
  [`${image}88.59`]: storage('关键影像标注'),
  [`${image}88.67`]: storage('X 线剂量报告'),
  [`${image}104.1`]: storage('PDF 文档'),
  [`${image}128`]: storage('PET 影像', 'PT'),
  [`${image}130`]: storage('增强型 PET 影像', 'PT'),
  [`${image}481.1`]: storage('放疗影像', 'RTIMAGE'),
  [`${image}481.2`]: storage('放疗剂量', 'RTDOSE'),
  [`${image}481.3`]: storage('放疗结构', 'RTSTRUCT'),
  [`${image}481.5`]: storage('放疗计划', 'RTPLAN'),
}

/** Pure. What an association proposed, in words, each once, in its order, at most `most`; what has no words here as its UID. */
export function sopClassNames(uids: readonly string[], most: number): string[] {
  const names = uids.filter((uid) => uid !== '').map((uid) => sopClasses[uid]?.name ?? uid)
  return [...new Set(names)].slice(0, most)
}

/**
 * Pure. The kind of device that proposes these SOP classes, a value of Modality; '' where they point to none or to several.
 */
export function guessModality(uids: readonly string[]): string {
  const kinds = new Set(uids.map((uid) => sopClasses[uid]?.modality).filter((kind) => kind !== undefined))
  // DR consoles propose CR as well, for archives that know nothing newer.
  if (kinds.has('DR')) kinds.delete('CR')
  const [kind] = kinds
  return kinds.size === 1 && kind !== undefined ? kind : ''
}
