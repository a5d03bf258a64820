import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { dicomWebRoutes } from '../electron/station/api/dicom-web.ts'
import {
  instanceAttributes,
  patientAttributes,
  seriesAttributes,
  studyAttributes,
} from '../electron/station/archive/query-attributes.ts'
import { decideAssociation } from '../electron/station/receiver/association-policy.ts'
import type { Service } from '../electron/station/receiver/context-answer.ts'
import { commitmentDelays } from '../electron/station/receiver/judge-commitment.ts'
import { uniqueKey } from '../electron/station/receiver/query-retrieve-identifier.ts'
import { receiverLimits } from '../electron/station/receiver/receiver-limits.ts'
import { type Attributes, textEncodings, worklistAttributes } from '../electron/station/receiver/worklist-attributes.ts'
import { dicomApplicationContext } from '../shared/dicom/association-request.ts'
import { elementOfTag } from '../shared/dicom/data-dictionary.ts'
import { associationTimeouts, ourMaxPduLength } from '../shared/dicom/dicom-association.ts'
import { specificCharacterSetOf } from '../shared/dicom/encode-text.ts'
import { implementationClassUid, implementationVersionName } from '../shared/dicom/implementation.ts'
import { transferSyntaxOf } from '../shared/dicom/transfer-syntax.ts'
import type { StudyHeader } from '../shared/models/study.ts'
import type { WorklistItem } from '../shared/models/worklist-item.ts'
import { limitWords, serviceClasses, transferSyntaxNames, worklistKeys } from './conformance-annotations.ts'
import { storageSopClasses } from './storage-sop-classes.ts'

// Writes the tables of docs/dicom-conformance.md between their marks, from the code itself; the prose around them is written by hand.
// Run: node build/write-dicom-conformance.ts. test/docs/dicom-conformance.test.ts fails while the committed page is not what this writes.

export const conformancePath = fileURLToPath(new URL('../docs/dicom-conformance.md', import.meta.url))

type Row = readonly string[]

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const explicit = '1.2.840.10008.1.2.1'
const implicit = '1.2.840.10008.1.2'

/** What the receiver says to one context, asked as a device would ask. */
function decided(abstractSyntax: string, transferSyntaxes: readonly string[]) {
  const decision = decideAssociation(
    {
      protocolVersion: 1,
      calledAeTitle: 'YINGZHAN',
      callingAeTitle: 'DEVICE',
      applicationContext: dicomApplicationContext,
      contexts: [{ id: 1, abstractSyntax, transferSyntaxes }],
      maxPduLength: 0,
      implementationClassUid: '',
      implementationVersionName: '',
    },
    {
      aeTitle: 'YINGZHAN',
      devices: new Map([['DEVICE', '']]),
      addressesOf: () => [],
      address: '192.0.2.1',
      acceptUnknown: false,
      associations: 0,
      associationsOfAddress: 0,
      limits: receiverLimits,
    },
  )
  if (decision.kind === 'reject') throw new Error(`the example was rejected: ${decision.why}`)
  return decision.contexts[0]!
}

const serviceWords: Readonly<Record<Exclude<Service, 'storage'>, string>> = {
  verification: 'C-ECHO',
  worklist: 'C-FIND',
  'performed-step': 'N-CREATE, N-SET',
  'storage-commitment': 'N-ACTION; N-EVENT-REPORT is sent',
  'query-patient-root': 'C-FIND',
  'query-study-root': 'C-FIND',
  'move-patient-root': 'C-MOVE',
  'move-study-root': 'C-MOVE',
  'get-patient-root': 'C-GET; C-STORE is sent',
  'get-study-root': 'C-GET; C-STORE is sent',
}

function services(): string {
  const rows = serviceClasses.map(([uid, name]) => {
    const answer = decided(uid, [explicit, implicit])
    if (answer.result !== 0) return [name, `\`${uid}\``, 'no', 'refused: abstract syntax not supported']
    const taken = [explicit, implicit].filter((syntax) => decided(uid, [syntax]).result === 0)
    const compressed = decided(uid, ['1.2.840.10008.1.2.4.50']).result === 0
    if (compressed || answer.service === 'storage') throw new Error(`${name} is served otherwise than its table says`)
    const syntaxes = taken.map((syntax) => transferSyntaxNames[syntax]).join(', ')
    return [name, `\`${uid}\``, serviceWords[answer.service], syntaxes]
  })
  return table(['SOP class', 'UID', 'As SCP', 'Transfer syntaxes'], rows)
}

function storageClasses(): string {
  const refused = storageSopClasses.filter(({ uid }) => decided(uid, [explicit]).result !== 0)
  if (refused.length > 0) throw new Error(`not accepted: ${refused.map(({ name }) => name).join(', ')}`)
  return table(
    ['SOP class', 'UID'],
    storageSopClasses.map(({ uid, name }) => [name, `\`${uid}\``]),
  )
}

const pixelWords = { native: 'as they are', swapped: 'as they are, big endian', encapsulated: 'compressed' } as const

function transferSyntaxes(): string {
  const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2'
  const rows = Object.entries(transferSyntaxNames).map(([uid, name]) => {
    const { pixels, codec, mediaType } = transferSyntaxOf(uid)
    const isAccepted = decided(ctImageStorage, [uid]).result === 0
    if (isAccepted === (pixels === 'elsewhere')) throw new Error(`${name} is answered otherwise than its table says`)
    if (pixels === 'elsewhere') return [name, `\`${uid}\``, 'no: its pixels are elsewhere', '', '']
    const shown = pixels === 'encapsulated' ? (codec ? 'decoded' : 'not decoded') : 'shown'
    return [name, `\`${uid}\``, `yes, pixels ${pixelWords[pixels]}`, shown, mediaType ?? '']
  })
  return table(['Transfer syntax', 'UID', 'Stored', 'In the station’s own views', 'Media type'], rows)
}

const duration = (milliseconds: number): string => {
  if (milliseconds < 60_000) return `${milliseconds / 1000} s`
  return milliseconds < 3_600_000 ? `${milliseconds / 60_000} min` : `${milliseconds / 3_600_000} h`
}
const size = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes.toLocaleString('en')} bytes`

function limits(): string {
  const rows = Object.entries(receiverLimits).map(([name, value]) => {
    const words = limitWords[name]
    if (!words) throw new Error(`no words for the limit ${name}`)
    return [words[0], words[1] === 'ms' ? duration(value) : words[1] === 'bytes' ? size(value) : String(value)]
  })
  return table(['Limit', 'Value'], rows)
}

function outgoing(): string {
  const { connectMs, associateMs, stallMs, responseMs } = associationTimeouts
  const delays = commitmentDelays.map(duration)
  const last = delays.at(-1)!
  const steady = delays.length - delays.indexOf(last)
  return table(
    ['Parameter', 'Value'],
    [
      ['Connection', duration(connectMs)],
      ['Answer to A-ASSOCIATE-RQ', duration(associateMs)],
      ['The peer takes no byte', duration(stallMs)],
      ['Response to a request', duration(responseMs)],
      ['Maximum PDU length offered', size(ourMaxPduLength)],
      [
        'Storage commitment report tried again after',
        `${delays.slice(0, delays.indexOf(last)).join(', ')}, then ${steady} times after ${last}`,
      ],
    ],
  )
}

const implementation = (): string =>
  table(
    ['Item', 'Value'],
    [
      ['Application context name', `\`${dicomApplicationContext}\``],
      ['Implementation class UID', `\`${implementationClassUid}\``],
      ['Implementation version name', `\`${implementationVersionName}\``],
    ],
  )

/** As one, with every field left empty that may be. */
const exam: WorklistItem = {
  exam: {
    id: 'e',
    institutionId: 'i',
    patientRowId: 'p',
    accessionNumber: 'DR2601010001',
    studyInstanceUid: '2.25.1',
    modality: 'DR',
    bodyPart: '',
    itemCode: 'X',
    itemName: 'X',
    category: 'outpatient',
    registeredAt: 0,
    registeredBy: 'u',
    scheduledAt: 0,
  },
  patient: { id: 'p', patientId: 'P1', name: '王小明', namePinyin: 'WANG XIAOMING', sex: 'M', birthDate: '1970-01-01' },
  institutionName: '',
  isStarted: false,
}

const hex = (tag: number) => tag.toString(16).toUpperCase().padStart(8, '0')
const written = (tag: number) => `(${hex(tag).slice(0, 4)},${hex(tag).slice(4)})`
function keywordOf(tag: number): string {
  const keyword = elementOfTag(tag)?.keyword
  if (!keyword) throw new Error(`no standard element: ${hex(tag)}`)
  return keyword
}

/** PS3.4 C.2.2.2. */
function matchingOf(vr: string): string {
  if (vr === 'SQ') return 'returned only'
  if (vr === 'PN') return 'single, wildcard, any case, any group'
  if (vr === 'DA' || vr === 'TM') return 'single, range'
  return vr === 'UI' ? 'single, list' : 'single, wildcard, list'
}

function worklist(): string {
  const { request, step } = worklistAttributes(exam, 'utf-8', 'DEVICE')
  const rowsOf = (attributes: Attributes, where: string): Row[] =>
    [...attributes].map(([tag, { vr }]) => {
      const words = worklistKeys[hex(tag)]
      if (!words) throw new Error(`no words for ${keywordOf(tag)} of the worklist`)
      return [`${where}${keywordOf(tag)}`, written(tag), vr, words[0], matchingOf(vr), words[1]]
    })
  const rows = [...rowsOf(step, '> '), ...rowsOf(request, '')]
  const spare = Object.keys(worklistKeys).filter((tag) => !rows.some((row) => row[1] === written(Number(`0x${tag}`))))
  if (spare.length > 0) throw new Error(`the worklist has no ${spare.join(', ')}`)
  const sequence: Row = ['ScheduledProcedureStepSequence', '(0040,0100)', 'SQ', 'R/1', 'its keys below', 'one item']
  return table(['Attribute', 'Tag', 'VR', 'Key/type', 'Matching', 'Value'], [sequence, ...rows])
}

function query(): string {
  const study = { studyDateTime: '', patientBirthDate: '' } as StudyHeader
  const header = JSON.stringify({ modality: '', rows: 1, columns: 1 })
  const series = { uid: '', number: null, instances: 0, header }
  const instance = {
    sop_instance_uid: '',
    series_instance_uid: '',
    instance_number: null,
    transfer_syntax_uid: '',
    header,
  }
  const levels = {
    PATIENT: patientAttributes(study, { studies: 0, series: 0, instances: 0 }),
    STUDY: studyAttributes(study, []),
    SERIES: seriesAttributes(series),
    IMAGE: instanceAttributes(instance),
  } as const
  const rows = Object.entries(levels).flatMap(([level, attributes]) =>
    attributes.map(([tag, { vr }]) => {
      const isUnique = uniqueKey[level as keyof typeof levels] === tag
      return [level, keywordOf(tag), written(tag), vr, isUnique ? 'unique' : 'matched', matchingOf(vr)]
    }),
  )
  return table(['Level', 'Attribute', 'Tag', 'VR', 'Key', 'Matching'], rows)
}

function characterSets(): string {
  const rows = Object.entries(textEncodings).map(([setting, encoding]) => {
    const term = specificCharacterSetOf[encoding]
    return [`\`${setting}\``, term === '' ? '(absent: ISO IR 6)' : `\`${term}\``]
  })
  return table(['Setting of the device', 'SpecificCharacterSet (0008,0005) of answers'], rows)
}

function dicomWeb(): string {
  const rows = dicomWebRoutes.map(({ method, path, access }) => [
    method,
    `\`${path.replace(/:(\w+)/g, '{$1}').replace('*', '{tag}[/{item}/{tag}]')}\``,
    typeof access === 'string' ? 'whoever is logged in' : [...access, 'administrator'].join(', '),
  ])
  return table(['Method', 'Resource', 'Who'], rows)
}

/** Every generated region by its name. */
const regions: Readonly<Record<string, () => string>> = {
  services,
  'storage-classes': storageClasses,
  'transfer-syntaxes': transferSyntaxes,
  implementation,
  limits,
  outgoing,
  worklist,
  query,
  'character-sets': characterSets,
  dicomweb: dicomWeb,
}

const begin = (name: string) => `<!-- generated: ${name} -->`
const end = '<!-- end -->'

/** The page with its tables as the code has them now. Throws where a mark is missing, or stands twice. */
export function withTables(page: string): string {
  let written = page
  for (const [name, tableOf] of Object.entries(regions)) {
    const parts = written.split(begin(name))
    const [before, behind] = parts
    const at = behind?.indexOf(end) ?? -1
    if (parts.length !== 2 || at < 0) throw new Error(`the page has no region ${name}, or two`)
    written = `${before}${begin(name)}\n\n${tableOf()}\n\n${behind!.slice(at)}`
  }
  const marks = written.match(/<!-- generated: /g)?.length ?? 0
  if (marks !== Object.keys(regions).length) throw new Error('the page has a region that nobody writes')
  return written
}

if (import.meta.main) writeFileSync(conformancePath, withTables(readFileSync(conformancePath, 'utf8')))
