type Served = { readonly method: string; readonly path: string }

/** Which methods an address takes, by the paths that are served (':name' is one part, '*' the rest). None: nobody serves it. */
export function takenMethods(served: readonly Served[], url: string): readonly string[] {
  const parts = (url.split('?', 1)[0] ?? '').split('/')
  return [...new Set(served.filter(({ path }) => fits(path.split('/'), parts)).map(({ method }) => method))].sort()
}

function fits(path: readonly string[], parts: readonly string[]): boolean {
  const rest = path.indexOf('*')
  if (rest < 0 ? parts.length !== path.length : parts.length <= rest) return false
  return path.every((part, at) => part === '*' || (part.startsWith(':') ? parts[at] !== '' : part === parts[at]))
}
