/** What the origin server says of the instances of one store transaction, PS3.18 10.5.3 and annex I.2. */
export type StowAnswer = {
  /** SOPInstanceUID → WarningReason (0008,1196) or undefined. */
  readonly stored: ReadonlyMap<string, number | undefined>
  /** SOPInstanceUID → FailureReason (0008,1197); 0 where none is given. */
  readonly failed: ReadonlyMap<string, number>
}

type Item = { readonly uid: string; readonly reason: number | undefined }

const referencedSopSequence = '00081199'
const failedSopSequence = '00081198'
const referencedSopInstanceUid = '00081155'
const warningReason = '00081196'
const failureReason = '00081197'

/** Reads the answer as JSON (PS3.18 F) or as XML (PS3.19 A.1); undefined where it is neither. Nothing at all is an empty answer. */
export function readStowAnswer(body: string): StowAnswer | undefined {
  const text = body.trim()
  if (text === '') return { stored: new Map(), failed: new Map() }
  const items = text.startsWith('<') ? itemsOfXml(text) : itemsOfJson(text)
  return (
    items && {
      stored: new Map(items(referencedSopSequence, warningReason).map((item) => [item.uid, item.reason])),
      failed: new Map(items(failedSopSequence, failureReason).map((item) => [item.uid, item.reason ?? 0])),
    }
  )
}

type Items = (sequence: string, reason: string) => readonly Item[]

function itemsOfJson(text: string): Items | undefined {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch {
    return undefined
  }
  // Some servers put the one data set into a list, as for queries.
  const set = Array.isArray(root) ? root[0] : root
  if (typeof set !== 'object' || set === null) return undefined
  const first = (value: unknown, tag: string) => valuesOf(value, tag)[0]
  return (sequence, reason) =>
    valuesOf(set, sequence).flatMap((item) => {
      const uid = first(item, referencedSopInstanceUid)
      const code = first(item, reason)
      return typeof uid === 'string' ? [{ uid, reason: typeof code === 'number' ? code : undefined }] : []
    })
}

function valuesOf(set: unknown, tag: string): readonly unknown[] {
  const attribute = typeof set === 'object' && set !== null ? (set as Record<string, unknown>)[tag] : undefined
  const values =
    typeof attribute === 'object' && attribute !== null ? (attribute as { readonly Value?: unknown }).Value : undefined
  return Array.isArray(values) ? values : []
}

/** The Native DICOM Model. The items of both sequences hold no sequences themselves, except one that is cut off first. */
function itemsOfXml(text: string): Items | undefined {
  if (!/<NativeDicomModel[\s>]/.test(text)) return undefined
  const flat = text.replace(/<DicomAttribute[^>]*\btag="0008119A"[\s\S]*$/i, '')
  return (sequence, reason) => {
    const start = new RegExp(`<DicomAttribute[^>]*\\btag="${sequence}"[^>]*>`, 'i').exec(flat)
    if (!start) return []
    const rest = flat.slice(start.index + start[0].length)
    const next = /<DicomAttribute[^>]*\btag="0008119[89]"/i.exec(rest)
    const within = next ? rest.slice(0, next.index) : rest
    return [...within.matchAll(/<Item\b[^>]*>([\s\S]*?)<\/Item>/g)].flatMap(([, item = '']) => {
      const value = (tag: string) =>
        new RegExp(`\\btag="${tag}"[^>]*>\\s*<Value[^>]*>\\s*([^<]*?)\\s*</Value>`, 'i').exec(item)?.[1]
      const [uid, code] = [value(referencedSopInstanceUid), value(reason)]
      return uid ? [{ uid, reason: code === undefined || code === '' ? undefined : Number(code) }] : []
    })
  }
}
