/** Words found in a text, with their place in it. */
export type Place = { readonly text: string; readonly from: number; readonly to: number }

const negation = /未见|未发现|未显示|未提示|无|没有|不伴|不除外|除外|排除|否认|未探及|未及|待排|？|\?/u

/** More of one thing than a person looks through: a text of nothing else must not keep the station busy. */
const mostPlaces = 50

/** The places where the expression (global) matches, the first 50. */
export function placesOf(text: string, expression: RegExp): Place[] {
  const places: Place[] = []
  for (const match of text.matchAll(expression)) {
    if (places.length === mostPlaces) break
    places.push({ text: match[0], from: match.index, to: match.index + match[0].length })
  }
  return places
}

/**
 * Places of the expression in clauses that state them: not '未见骨折', '无积液', nor what is asked or to be ruled out ('骨折待排', '肺炎？').
 * `unless`: what else in the clause unsays it. A clause ends at 。；，、! or a line's end, and a negation reaches over 、 to its list: '未见骨折、脱位'.
 */
export function saidWithoutNegation(text: string, expression: RegExp, unless?: RegExp): Place[] {
  return placesOf(text, expression).filter(({ from, to }) => {
    const before = text.slice(0, from)
    const begin = Math.max(...[...'。；;，,\n！!'].map((sign) => before.lastIndexOf(sign))) + 1
    const rest = text.slice(to)
    const end = rest.search(/[。；;，,、\n！!]/u)
    const after = end < 0 ? rest : rest.slice(0, end + 1)
    if (unless?.test(text.slice(begin, to) + after)) return false
    return !negation.test(text.slice(begin, from)) && !/待排|除外|[？?]|未见|术后|不明显/u.test(after)
  })
}
