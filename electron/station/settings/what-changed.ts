type Change = { readonly from: unknown; readonly to: unknown }

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Pure. What is otherwise than before, by the path of the field: `{ 'numbering.accessionPattern': { from, to } }`. Lists are compared whole.
 * A field that was not there, or is there no more, is null.
 */
export function whatChanged(before: object, after: object, path = ''): Record<string, Change> {
  const [old, now] = [before, after] as readonly Readonly<Record<string, unknown>>[]
  const changes = [...new Set([...Object.keys(old!), ...Object.keys(now!)])].flatMap((key): [string, Change][] => {
    const [from, to] = [old![key] ?? null, now![key] ?? null]
    if (isFields(from) && isFields(to)) return Object.entries(whatChanged(from, to, `${path}${key}.`))
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [[path + key, { from, to }]]
  })
  return Object.fromEntries(changes)
}
