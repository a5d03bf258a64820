import type { TagView } from '../../../shared/api/viewer-routes.ts'

/** A line of the list: an element, or one within an item of a sequence. */
export type TagRow = TagView & { readonly key: string; readonly depth: number }

/** Sequences one level further in, in their order. */
export function tagRows(tags: readonly TagView[], depth = 0, within = ''): readonly TagRow[] {
  return tags.flatMap((tag, at) => {
    const key = `${within}${at}`
    const inner = (tag.items ?? []).flatMap((item, place) => tagRows(item, depth + 1, `${key}.${place}.`))
    return [{ ...tag, key, depth }, ...inner]
  })
}

/** '00100010', '0010,0010', 'patientname' and a part of the value find the same line. */
export function foundRows(rows: readonly TagRow[], search: string): readonly TagRow[] {
  const wanted = search.trim().toLowerCase()
  if (!wanted) return rows
  const plain = (tag: string) => tag.replace(/[^0-9a-fx]/gi, '').toLowerCase()
  return rows.filter(
    ({ tag, keyword, value }) =>
      (/^[0-9a-f(),\s]{2,}$/.test(wanted) && plain(tag).includes(plain(wanted))) ||
      keyword.toLowerCase().includes(wanted) ||
      value.toLowerCase().includes(wanted),
  )
}

export function rowsAsText(rows: readonly TagRow[]): string {
  return rows
    .map(({ depth, tag, vr, keyword, value }) => `${'  '.repeat(depth)}${tag}\t${vr}\t${keyword}\t${value}`)
    .join('\n')
}
