import { z } from 'zod'
import { type Layout, layouts } from './viewer-layout.ts'

// A map, because a device may call its kind `constructor`.
const layoutsSchema = z.record(z.string(), z.enum(layouts)).transform((kept) => new Map(Object.entries(kept)))

function keptLayouts(username: string): Map<string, Layout> {
  try {
    return layoutsSchema.parse(JSON.parse(localStorage.getItem(`viewer-layouts/${username}`) ?? '{}'))
  } catch {
    return new Map()
  }
}

/** How a person likes to see exams of a kind of device; kept in this browser. */
export function keptLayout(username: string, modality: string): Layout {
  return keptLayouts(username).get(modality) ?? '1x1'
}

export function keepLayout(username: string, modality: string, layout: Layout): void {
  const all = keptLayouts(username).set(modality, layout)
  localStorage.setItem(`viewer-layouts/${username}`, JSON.stringify(Object.fromEntries(all)))
}
