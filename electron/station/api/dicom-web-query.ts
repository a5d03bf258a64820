import { elementOfKeyword, elementOfTag } from '../../../shared/dicom/data-dictionary.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { type DicomJson, hexOf, type JsonElement, personName } from '../archive/json-values.ts'
import type { QueryLevel } from '../archive/query-archive.ts'
import type { QueryAttribute, QueryAttributes } from '../archive/query-attributes.ts'
import type { ApiRooms } from './api-rooms.ts'
import { answeredAlready, baseOf, type DicomWebCall, notAcceptable } from './dicom-web-call.ts'
import { dicomJson, takesJson } from './dicom-web-metadata.ts'

const mostAnswers = 5000
const usualAnswers = 1000
const notKeys = new Set([
  'limit',
  'offset',
  'includefield',
  'fuzzymatching',
  'emptyvaluematching',
  'multiplevaluematching',
  'accept',
])

type Question = {
  readonly keys: ReadonlyMap<number, string>
  readonly limit: number
  readonly offset: number
  /** Words of the Warning field, RFC 7234 5.5: what was asked and is not done. */
  readonly warnings: readonly string[]
}

/** Search for studies, series or instances (PS3.18 10.6), in the index. Nothing found is an empty list: Orthanc fails on the 204 of table 10.6.3-2. */
export function searchFor(level: Exclude<QueryLevel, 'PATIENT'>) {
  return async (call: DicomWebCall, { archiveQuery }: ApiRooms): Promise<Outcome<void>> => {
    if (!takesJson(call)) return notAcceptable([dicomJson])
    const asked = questionOf(call.query, (tag) => archiveQuery.supports(level, tag))
    if (!asked.ok) return asked
    const { limit, offset, warnings } = asked.value
    const keys = new Map(asked.value.keys)
    if (call.params.study !== undefined) keys.set(0x0020000d, call.params.study)
    if (call.params.series !== undefined) keys.set(0x0020000e, call.params.series)
    // Table 10.6.3-3: modalities and counts belong to every study's answer.
    if (level === 'STUDY') for (const tag of [0x00080061, 0x00201206, 0x00201208]) if (!keys.has(tag)) keys.set(tag, '')
    const isGone = () => call.request.raw.socket.destroyed
    const found = await archiveQuery.page({ level, keys }, { offset, limit: limit + 1 }, isGone)
    if (isGone()) {
      call.reply.hijack()
      return answeredAlready
    }
    const hasMore = found.length > limit
    const words = [...warnings, ...(hasMore ? ['There are additional results that can be requested'] : [])]
    if (words.length > 0) call.reply.header('warning', words.map((word) => `299 yingzhan "${word}"`).join(', '))
    call.reply.header('cache-control', 'no-store')
    const base = baseOf(call.request)
    const answer = found
      .slice(0, limit)
      .map((attributes) => jsonOfAnswer(attributes, retrieveUrl(base, level, attributes)))
    await call.reply.type(dicomJson).send(JSON.stringify(answer))
    return answeredAlready
  }
}

/** Pure: the query parameters of 8.3.4. Attributes by tag or keyword; one that nobody knows is refused, one that is not in the index is warned of. */
export function questionOf(
  query: ReadonlyMap<string, readonly string[]>,
  supports: (tag: number) => boolean,
): Outcome<Question> {
  const keys = new Map<number, string>()
  const warnings: string[] = []
  for (const [name, values] of query) {
    if (notKeys.has(name.toLowerCase())) continue
    const element = elementNamed(name)
    if (!element) return fail('BAD-REQUEST', { detail: `“${name.slice(0, 64)}” is no DICOM attribute` })
    const value = values
      .map((one) => (element.vr === 'UI' || element.vr === 'CS' ? one.replaceAll(',', '\\') : one))
      .join('\\')
    if (supports(element.tag)) keys.set(element.tag, value)
    else warnings.push(`The attribute ${hexOf(element.tag)} is not matched`)
  }
  for (const name of (query.get('includefield') ?? []).flatMap((list) => list.split(','))) {
    if (name === 'all' || name === '') continue
    const element = elementNamed(name.trim())
    if (!element) return fail('BAD-REQUEST', { detail: `includefield: “${name.slice(0, 64)}”` })
    if (!supports(element.tag)) continue
    if (!keys.has(element.tag)) keys.set(element.tag, '')
  }
  if (query.get('fuzzymatching')?.includes('true')) {
    warnings.push('The fuzzymatching parameter is not supported. Only literal matching has been performed.')
  }
  const limit = wholeNumber(query.get('limit')?.at(-1), usualAnswers)
  const offset = wholeNumber(query.get('offset')?.at(-1), 0)
  if (limit === undefined || offset === undefined) return fail('BAD-REQUEST', { detail: 'limit, offset: 0, 1, 2 …' })
  return ok({ keys, limit: Math.min(limit, mostAnswers), offset, warnings })
}

function elementNamed(name: string): { readonly tag: number; readonly vr: string } | undefined {
  if (!/^[0-9A-Fa-f]{8}$/.test(name)) return elementOfKeyword(name)
  const tag = Number.parseInt(name, 16)
  return elementOfTag(tag) ?? { tag, vr: 'UN' }
}

function wholeNumber(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined || text === '') return otherwise
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function retrieveUrl(base: string, level: QueryLevel, attributes: QueryAttributes): string {
  const uid = (tag: number) => attributes.get(tag)?.value ?? ''
  const study = `${base}/studies/${uid(0x0020000d)}`
  if (level === 'STUDY') return study
  const series = `${study}/series/${uid(0x0020000e)}`
  return level === 'SERIES' ? series : `${series}/instances/${uid(0x00080018)}`
}

/** An answer of the index in the DICOM JSON model. */
export function jsonOfAnswer(attributes: QueryAttributes, url: string): DicomJson {
  const pairs: [string, JsonElement][] = [...attributes].map(([tag, attribute]) => [
    hexOf(tag),
    jsonOfAttribute(attribute),
  ])
  pairs.push(['00080005', { vr: 'CS', Value: ['ISO_IR 192'] }], ['00081190', { vr: 'UR', Value: [url] }])
  return Object.fromEntries(pairs.sort(([one], [other]) => (one < other ? -1 : 1)))
}

function jsonOfAttribute({ vr, value }: QueryAttribute): JsonElement {
  if (value === '') return { vr }
  const values = value.split('\\').map((one) => {
    if (vr === 'PN') return personName(one)
    const isNumber = ['IS', 'DS', 'US', 'UL'].includes(vr) && one.trim() !== '' && Number.isFinite(Number(one))
    return isNumber ? Number(one) : one === '' ? null : one
  })
  return { vr, Value: values }
}
