import { z } from 'zod'
import { type Layout, layouts } from './viewer-layout.ts'

const layoutSchema = z.record(z.string(), z.enum(layouts))

function keptLayouts(username: string): Readonly<Record<string, Layout>> {
  try {
    return layoutSchema.parse(JSON.parse(localStorage.getItem(`viewer-layouts/${username}`) ?? '{}'))
  } catch {
    return {}
  }
}

/** How a person likes to see exams of a kind of device; kept in this browser. */
export function keptLayout(username: string, modality: string): Layout {
  return keptLayouts(username)[modality] ?? '1x1'
}

export function keepLayout(username: string, modality: string, layout: Layout): void {
  const all = JSON.stringify({ ...keptLayouts(username), [modality]: layout })
  localStorage.setItem(`viewer-layouts/${username}`, all)
}
