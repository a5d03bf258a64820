import { z } from 'zod'
import { route } from './route.ts'
import { binary, desk, everyone, nothing } from './route-parts.ts'

/** One element as a person reads it. Sequences have items; values longer than 200 characters are cut with '…'. */
export type TagView = {
  readonly tag: string
  readonly keyword: string
  readonly vr: string
  readonly value: string
  readonly items?: readonly (readonly TagView[])[] | undefined
}
const tagView: z.ZodType<TagView> = z.lazy(() =>
  z.object({
    /** '(0010,0010)'. */
    tag: z.string(),
    /** PS3.6; '' for private elements. */
    keyword: z.string(),
    vr: z.string(),
    value: z.string(),
    items: z.array(z.array(tagView)).optional(),
  }),
)

/** Images as files, and what they say about themselves. */
export const viewerRoutes = {
  instanceTags: route({
    method: 'GET',
    path: '/api/instances/:id/tags',
    access: everyone,
    summary: '一幅影像的 DICOM 标签（像素除外，私有标签在内）',
    query: nothing,
    body: nothing,
    answer: z.array(tagView),
  }),
  instanceFile: route({
    method: 'GET',
    path: '/api/instances/:id/file',
    access: desk,
    summary: '一幅影像的 DICOM 文件（与接收时逐字节相同的数据集）',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
  /** form: 'dicom' (ZIP of files as received), 'jpeg' (ZIP of pictures), 'anonymised' (ZIP, PS3.15 basic profile). */
  examExport: route({
    method: 'GET',
    path: '/api/exams/:id/export/:form',
    access: desk,
    summary: '导出检查的影像：DICOM、JPEG 或去标识的 DICOM（ZIP）',
    query: z.object({
      /** Instance ids, comma-separated; absent: all. */ instances: z.string().max(20_000).optional(),
    }),
    body: nothing,
    answer: binary,
  }),
}
