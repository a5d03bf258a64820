import { extname } from 'node:path'

export type SaveDialogWords = Readonly<{ title: string; filters: { name: string; extensions: string[] }[] }>

const kinds: Readonly<Record<string, string>> = {
  csv: 'CSV 表格',
  dcm: 'DICOM 影像',
  iso: '光盘映像',
  json: 'JSON',
  jpg: '图片',
  mp4: '视频',
  pdf: 'PDF',
  xlsx: 'Excel 表格',
  zip: '压缩包',
}

/** What the dialog that saves a file of the desk says: its kind first, so that the ending stays. */
export function saveDialogFor(fileName: string): SaveDialogWords {
  const ending = extname(fileName).slice(1).toLowerCase()
  const kind = kinds[ending]
  const own = kind ? [{ name: `${kind}（*.${ending}）`, extensions: [ending] }] : []
  return { title: '保存文件', filters: [...own, { name: '所有文件', extensions: ['*'] }] }
}
