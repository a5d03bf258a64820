/**
 * True where an object names one member twice, at any depth. JSON.parse would keep the last one in silence (RFC 8259, 4: unpredictable),
 * so an answer could say both 'failed' and 'done'. `json` is known to parse.
 */
export function hasDuplicateKeys(json: string): boolean {
  const open: (Set<string> | 'list')[] = []
  const tokens = json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)
  for (const [token, isKey] of tokens) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push('list')
    else if (token === '}' || token === ']') open.pop()
    else if (isKey !== undefined) {
      const names = open.at(-1)
      const name = String(JSON.parse(token.slice(0, -isKey.length)))
      if (!(names instanceof Set)) continue
      if (names.has(name)) return true
      names.add(name)
    }
  }
  return false
}
