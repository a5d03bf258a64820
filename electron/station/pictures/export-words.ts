const mostNames = 500

/** UTF-8 with a byte order mark, Chinese first, lines as Windows ends them. */
const page = (lines: readonly string[]): Buffer => Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`)

function listed(names: readonly string[]): string[] {
  const more = names.length - mostNames
  return [...names.slice(0, mostNames).map((name) => `· ${name}`), ...(more > 0 ? [`……另有 ${more} 个`] : [])]
}

/** What an anonymised ZIP is, and what its receiver must look at; names no person. */
export function anonymousReadme(burnedIn: readonly string[], leftOut: readonly string[]): Buffer {
  return page([
    '去标识的影像',
    '',
    '已按 DICOM PS3.15 附录 E“基本应用级保密配置”去除患者、机构、医生、日期和设备编号等信息，私有标签一律删除，UID 已替换（本包内前后一致）。',
    '像素没有改动。',
    '',
    ...(burnedIn.length > 0
      ? [
          '注意：下列影像没有声明“画面中无患者信息”，画面里可能印有姓名、编号或日期，交出前请逐幅查看：',
          ...listed(burnedIn),
          '',
        ]
      : []),
    ...(leftOut.length > 0 ? ['下列对象没有像素、无法读取或已损坏，未收入：', ...listed(leftOut), ''] : []),
    '----',
    'De-identified by the Basic Application Level Confidentiality Profile of PS3.15 Annex E; private elements removed, UIDs replaced, pixels unchanged.',
    ...(burnedIn.length > 0
      ? [`${burnedIn.length} images do not say that nothing is burned in: look at each before you give them away.`]
      : []),
    ...(leftOut.length > 0 ? [`${leftOut.length} objects without readable images were left out.`] : []),
  ])
}

export function leftOutReadme(names: readonly string[]): Buffer {
  return page([
    '下列影像的存档文件缺失、已损坏或不能显示，没有导出：',
    ...listed(names),
    '',
    '----',
    `${names.length} images could not be exported: their files are missing, damaged or cannot be shown.`,
  ])
}
