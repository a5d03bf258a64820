import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'

/** What a patient, or the next hospital, reads first: UTF-8 with a byte order mark, Chinese first, lines as Windows ends them. */
export function takeAwayReadme(
  dossier: ExamDossier,
  holds: {
    readonly objects: number
    readonly pictures: number
    readonly hasReport: boolean
    readonly notShown: readonly string[]
    /** Objects whose stored files are lost or damaged. */
    readonly leftOut: readonly string[]
  },
  now: number,
): Buffer {
  const { patient, exam, institution } = dossier
  const lines = [
    `${institution.name}  影像资料`,
    '',
    `姓名：${patient.name}`,
    `检查：${exam.itemName}${exam.bodyPart ? `（${exam.bodyPart}）` : ''}`,
    `检查号：${exam.accessionNumber}`,
    `刻录时间：${chinaDateTime(now)}`,
    '',
    '怎样查看：',
    holds.pictures > 0 ? `· JPEG 文件夹：${holds.pictures} 张图片，电脑和手机都能直接打开（仅供浏览，不作诊断）。` : '',
    holds.hasReport ? '· 报告.pdf：检查报告。' : '· 报告尚未发布，这里没有报告。',
    `· DICOMDIR 与 IMAGES 文件夹：${holds.objects} 个原始影像文件，请交给下一家医院的医生，用 DICOM 看图软件打开 DICOMDIR。`,
    '',
    ...(holds.notShown.length > 0
      ? ['下列影像不能转成图片，请用 DICOM 看图软件查看：', ...holds.notShown.map((name) => `· ${name}`), '']
      : []),
    ...(holds.leftOut.length > 0
      ? ['下列影像的存档文件缺失或已损坏，没有收入，请向本机构询问：', ...holds.leftOut.map((name) => `· ${name}`), '']
      : []),
    '本资料含个人健康信息，请妥善保管。',
    '',
    '----',
    `Images of ${exam.accessionNumber}. JPEG/: pictures for any viewer, not for diagnosis. DICOMDIR and IMAGES/: ${holds.objects} DICOM files, as the`,
    'devices made them, for the next doctor. This folder holds personal health data.',
    holds.leftOut.length > 0 ? 'It is not all: some stored files are lost or damaged, see the list above.' : '',
    '',
  ]
  const text = lines.filter((line, at) => line !== '' || lines[at - 1] !== '').join('\r\n')
  return Buffer.from(`\ufeff${text}`, 'utf8')
}

/** What a folder or a file may be called on any system; never empty. */
export function fileNameOf(text: string): string {
  const name = text
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
    .replace(/^[. ]+|[. ]+$/gu, '')
    .slice(0, 60)
  return name === '' ? '_' : name
}
