import type { Routes } from '../../shared/api/routes.ts'
import { errorSchema } from '../../shared/api/views.ts'
import { cleanLine, cleanLines } from '../../shared/text/clean-text.ts'
import type { Answer, StationForTests } from '../stand-ins/station-for-tests.ts'

/** What came of one text in one field. */
export type Verdict = {
  readonly field: string
  readonly text: string
  /** kept: it came back as it was given, without what prints nothing. refused: 4xx with a code and words. The others must not be. */
  readonly kind: 'kept' | 'refused' | 'changed' | 'broken'
  readonly detail: string
}

type Json = Record<string, unknown>
export type Texts = Readonly<Record<string, string>>

export const valueAt = (body: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Json | undefined)?.[key], body)

function withTexts(body: object, texts: Texts): Json {
  const copy = structuredClone(body) as Json
  for (const [path, text] of Object.entries(texts)) {
    const keys = path.split('.')
    const last = keys.pop()!
    let here: Json = copy
    for (const key of keys) {
      here[key] ??= {}
      here = here[key] as Json
    }
    here[last] = text
  }
  return copy
}

export const isRefusalInWords = (answer: Answer): boolean =>
  answer.status >= 400 && answer.status < 500 && errorSchema.safeParse(answer.json).success

/** Half a surrogate pair is no character: the disk keeps U+FFFD in its place. */
const asText = (value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)

export const shown = (text: unknown) => JSON.stringify(text).slice(0, 100)

export type Offer = {
  readonly area: string
  readonly route: keyof Routes
  readonly params?: Readonly<Record<string, string>>
  /** A body that would be taken. */
  readonly body: object
  /** Path in the body → what is put there. */
  readonly texts: Texts
  /** Where the body's paths are found again; absent: in the answer. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any route
  readonly read?: (json: any) => Promise<unknown>
}

export type Offered = { readonly answer: Answer; readonly verdicts: readonly Verdict[] }

/** Offers the texts all at once; those that are refused by name are left out the next time, so that one bad field hides no other. */
export async function offer(station: StationForTests, given: Offer): Promise<Offered> {
  const { area, route, params, body, texts, read } = given
  const verdicts: Verdict[] = []
  let left: Texts = texts
  const judge = (path: string, kind: Verdict['kind'], detail: string) =>
    verdicts.push({ field: `${area} ${path}`, text: texts[path]!, kind, detail })
  for (;;) {
    const answer = await station.call(route, { ...(params && { params }), body: withTexts(body, left) })
    const words = `${answer.status} ${answer.text.slice(0, 300)}`
    if (answer.status === 200) {
      const found = read ? await read(answer.json) : answer.json
      for (const [path, text] of Object.entries(left)) {
        // Nothing was given where only blanks were: what the station makes of that is its own.
        const same =
          cleanLine(text) === '' ||
          [text, text.trim(), cleanLine(text), cleanLines(text)].some(
            (one) => one.toWellFormed() === asText(valueAt(found, path)),
          )
        judge(path, same ? 'kept' : 'changed', same ? '' : `became ${shown(valueAt(found, path))}`)
      }
      return { answer, verdicts }
    }
    const paths = Object.keys(left)
    const named = paths.filter((path) => path in (answer.json?.error?.fields ?? {}))
    if (!isRefusalInWords(answer) || (named.length === 0 && paths.length !== 1)) {
      for (const path of paths) judge(path, 'broken', words)
      return { answer, verdicts }
    }
    for (const path of named.length > 0 ? named : paths) judge(path, 'refused', words)
    if (named.length === 0) return { answer, verdicts }
    left = Object.fromEntries(Object.entries(left).filter(([path]) => !named.includes(path)))
  }
}

/** Each field has another text of the list, so that a page with many fields shows many of them; over the whole list each field sees each. */
export function spread(paths: readonly string[], list: readonly string[], index: number): Texts {
  return Object.fromEntries(paths.map((path, nth) => [path, list[(index + nth * 7) % list.length]!]))
}

const personFields = [
  'name namePinyin phone medicalInsuranceNumber healthCardNumber homeAddress birthplace occupation otherIdentity',
  'identity.number',
]
const examFields = [
  'bodyPart itemCode itemName scheduledAeTitle applyDepartment.code applyDepartment.name applyDoctor.name',
  'examDepartment.name examDoctor.name hisNumber clinicNumber inpatientNumber checkupNumber applicationNumber',
  'ward.name bed scanMode clinicalDiagnosis chiefComplaint briefHistory allergies requirement equipment examInfo',
]
const words = (lines: readonly string[], below: string) =>
  lines.flatMap((line) => line.split(' ')).map((field) => `${below}.${field}`)

export const registrationFields = [...words(personFields, 'patient'), ...words(examFields, 'exam')]

const registrationBody = {
  patient: { name: '张伟', sex: 'M', birthDate: '1988-03-05', identity: { kind: 'other', number: 'A1' } },
  exam: {
    modality: 'DR',
    bodyPart: '胸部',
    itemCode: 'DR001',
    itemName: '胸部正位',
    applyDepartment: { name: '内科' },
  },
}

export type HostileExam = { readonly examId: string; readonly verdicts: readonly Verdict[] }

/** A registration with a text of the list in each of its fields. */
export async function registerHostile(
  station: StationForTests,
  list: readonly string[],
  index: number,
): Promise<HostileExam> {
  const texts = spread(registrationFields, list, index)
  const { answer, verdicts } = await offer(station, {
    area: 'registration',
    route: 'examRegister',
    body: registrationBody,
    texts,
    read: async ({ id }) => {
      const page = await station.api.examRead({ params: { id } })
      // A number comes back masked: that it is there is all that can be seen.
      const number = page.patient.identity && texts['patient.identity.number']
      return { ...page, patient: { ...page.patient, identity: { number } } }
    },
  })
  return { examId: answer.json?.id ?? '', verdicts }
}

/** A picture into the exam, under such a file name: as a browser sends it, quotes and line breaks of the name escaped. */
export async function attachHostile(station: StationForTests, examId: string, name: string): Promise<Verdict> {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const sent = name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const head = `--a-boundary\r\ncontent-disposition: form-data; name="file"; filename="${sent}"\r\ncontent-type: image/png\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), Buffer.from(png, 'base64'), Buffer.from('\r\n--a-boundary--\r\n')])
  const answer = await station.send('POST', `/api/exams/${examId}/attachments`, {
    headers: {
      authorization: `Bearer ${station.token}`,
      'content-type': 'multipart/form-data; boundary=a-boundary',
      'content-length': String(body.length),
    },
    body,
  })
  const isTaken = answer.status === 200 && answer.json.taken.length + answer.json.refused.length === 1
  const kind = isTaken ? 'kept' : isRefusalInWords(answer) ? 'refused' : 'broken'
  return { field: 'file name', text: name, kind, detail: `${answer.status} ${answer.text.slice(0, 300)}` }
}

/** A report with such texts, written, returned, released and amended, each with a reason of the list. */
export async function reportHostile(
  station: StationForTests,
  examId: string,
  list: readonly string[],
  index: number,
): Promise<readonly Verdict[]> {
  const params = { id: examId }
  const [reasonOfReturn, reasonOfAmend] = [list[(index + 3) % list.length]!, list[(index + 11) % list.length]!]
  const step = (route: keyof Routes, area: string, reason: string, under: string) =>
    offer(station, {
      area,
      route,
      params,
      body: {},
      texts: { reason },
      read: async (json) => ({ reason: valueAt(json, under) }),
    })
  const saved = await offer(station, {
    area: 'report',
    route: 'reportSave',
    params,
    body: { findings: '双肺清晰。', impression: '未见异常。', positive: 'positive', critical: true },
    texts: spread(['findings', 'impression', 'advice', 'reportDoctor.name', 'auditDoctor.name'], list, index + 1),
  })
  const told = await offer(station, {
    area: 'critical notice',
    route: 'criticalTell',
    params,
    body: { toldTo: '李医生', how: 'phone', at: Date.now() },
    texts: spread(['toldTo', 'note'], list, index + 2),
  })
  await station.call('reportSubmit', { params, body: {} })
  const returned = await step('reportReturn', 'return', reasonOfReturn, 'returnReason')
  if (returned.answer.status === 200) await station.call('reportSubmit', { params, body: {} })
  await station.call('reportApprove', { params, body: {} })
  await station.call('reportRelease', { params, body: {} })
  const amended = await step('reportAmend', 'amend', reasonOfAmend, 'amendReason')
  return [saved, told, returned, amended].flatMap((one) => one.verdicts)
}

/** One text, or several, in everything else that a clinic names: one call a thing. */
export function otherOffers(list: readonly string[], index: number, institutionId: string): readonly Offer[] {
  const code = `code-${index}`
  return [
    {
      area: 'template',
      route: 'templateCreate',
      body: { folder: 'x', name: `模板 ${index}`, isShared: true },
      texts: spread(['name', 'folder', 'modality', 'findings', 'impression', 'advice'], list, index),
    },
    {
      area: 'phrase',
      route: 'phraseCreate',
      body: { text: 'x', isShared: true },
      texts: spread(['text'], list, index),
    },
    {
      area: 'device',
      route: 'deviceCreate',
      body: { name: `设备 ${index}`, aeTitle: `AE${index}` },
      texts: spread(['name', 'modality'], list, index),
    },
    {
      area: 'device address',
      route: 'deviceCreate',
      body: { name: 'x', aeTitle: `H${index}` },
      texts: spread(['host'], list, index),
    },
    { area: 'device title', route: 'deviceCreate', body: { name: 'x' }, texts: spread(['aeTitle'], list, index) },
    {
      area: 'institution',
      route: 'institutionCreate',
      body: { name: '诊所' },
      texts: spread(['name', 'hospitalCode', 'hospitalId', 'unionId', 'phone'], list, index),
    },
    {
      area: 'item mapping',
      route: 'itemMappingSave',
      body: { institutionId, itemCode: code, itemName: 'x', type: '3', standardItems: [] },
      texts: spread(['itemName', 'sampleTypeCode'], list, index),
    },
    {
      area: 'item mapping code',
      route: 'itemMappingSave',
      body: { institutionId, itemName: 'x', type: '3', standardItems: [] },
      texts: spread(['itemCode'], list, index),
    },
  ]
}

/** A thing that is one for the station or the person: changed again and again, so that the last text stands. */
export function singleOffers(
  list: readonly string[],
  index: number,
  ids: { readonly account: string },
): readonly Offer[] {
  return [
    ...['paper.letterhead.name', 'paper.letterhead.secondLine', 'paper.letterhead.footer'].map((path) => ({
      area: 'paper',
      route: 'settingsChange' as const,
      body: {},
      texts: spread([path], list, index),
    })),
    {
      area: 'labels',
      route: 'settingsChange',
      body: { reporting: { labels: { '*': { findings: '所见', impression: '诊断' } } } },
      texts: spread(['reporting.labels.*.findings'], list, index),
    },
    {
      area: 'account',
      route: 'accountChange',
      params: { id: ids.account },
      body: {},
      texts: spread(['displayName', 'doctorCode'], list, index),
    },
  ]
}

/** Work that is done a few at a time. */
export async function eachOf<T>(list: readonly T[], work: (one: T, index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let index = next++; index < list.length; index = next++) await work(list[index]!, index)
  }
  await Promise.all([worker(), worker(), worker(), worker()])
}
