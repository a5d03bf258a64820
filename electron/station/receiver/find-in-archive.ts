import { type ElementToWrite, encodeDataSet } from '../../../shared/dicom/data-set-writer.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { specificCharacterSetOf } from '../../../shared/dicom/encode-text.ts'
import { sayPersonName, sayText } from '../../../shared/dicom/sayable-text.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { Device } from '../../../shared/models/settings.ts'
import type { ArchiveQuery } from '../archive/query-archive.ts'
import { type QueryAttribute, type QueryAttributes, queryTag } from '../archive/query-attributes.ts'
import type { Log } from '../log.ts'
import type { AuditLog } from '../people/audit-log.ts'
import type { DimseCall, DimseHandler } from './dimse-call.ts'
import { answeringSet } from './find-answers.ts'
import { type QueryIdentifier, type QueryRoot, readIdentifier, uniqueKey } from './query-retrieve-identifier.ts'
import { textEncodings } from './worklist-attributes.ts'

export type QueryRetrieveParts = {
  readonly aeTitle: string
  readonly query: ArchiveQuery
  readonly devices: () => readonly Device[]
  /** Answers of one C-FIND. */
  readonly most: number
  readonly audit: Pick<AuditLog, 'record'>
  readonly log: Log
}

/** C-FIND of the Query/Retrieve information models, PS3.4 C.4.1, hierarchical. */
export function createArchiveFind(parts: QueryRetrieveParts, root: QueryRoot): DimseHandler {
  return async (call) => {
    const { context, callingAeTitle, reply } = call
    const identifier = await understood(parts, root, call)
    if (!identifier) return
    const characterSet = characterSetFor(parts, callingAeTitle, identifier)
    const { level, keys } = identifier
    const isWholly = [...keys.keys()].every((tag) => parts.query.supports(level, tag))
    const status = isWholly ? dicomStatus.pending : dicomStatus.pendingWithoutSomeKeys
    const { explicitVr } = dataSetEncodingOf(context.transferSyntax)
    let answers = 0
    let last: number = dicomStatus.success
    for (const attributes of parts.query.walk({ level, keys })) {
      if (reply.cancelled.aborted) last = dicomStatus.cancel
      else if (attributes && answers >= parts.most) last = dicomStatus.outOfResources
      if (last !== dicomStatus.success) break
      if (attributes) {
        const elements = answerOf(identifier, attributes, parts.aeTitle, characterSet)
        const bytes = encodeDataSet(elements, { explicitVr, text: textEncodings[characterSet] })
        if (!(await reply.answer({ status }, bytes))) break
        answers++
      }
      // The station reads on between two, so that a C-CANCEL-RQ is seen and others are served.
      await new Promise((resolve) => setImmediate(resolve))
    }
    parts.audit.record({
      actor: `ae:${callingAeTitle}`,
      action: 'query-archive',
      subjectKind: 'station',
      subjectId: level,
      details: { ...askedFor(keys), answers },
    })
    parts.log.info({ callingAeTitle, level, answers, status: last }, 'the archive was asked')
    const comment = `more than ${parts.most} matches, ask for less`
    await reply.answer(last === dicomStatus.outOfResources ? { status: last, comment } : { status: last })
  }
}

/** Undefined: it was answered with why not. */
export async function understood(
  { devices, log }: QueryRetrieveParts,
  root: QueryRoot,
  { dataSet, context, callingAeTitle, reply }: DimseCall,
): Promise<QueryIdentifier | undefined> {
  const known = devices().find((device) => device.aeTitle === callingAeTitle)
  const bytes = dataSet ?? Buffer.alloc(0)
  const read = readIdentifier(bytes, context.transferSyntax, root, known?.characterSet ?? 'gb18030', known?.readAs)
  if (read.kind === 'identifier') return read.identifier
  log.warn({ callingAeTitle, why: read.kind }, 'a question to the archive was not understood')
  await reply.answer(
    read.kind === 'unreadable'
      ? { status: dicomStatus.cannotUnderstand, comment: 'the identifier cannot be read' }
      : { status: dicomStatus.dataSetDoesNotMatchSopClass, comment: read.comment },
  )
  return undefined
}

function characterSetFor(
  { devices }: QueryRetrieveParts,
  callingAeTitle: string,
  identifier: QueryIdentifier,
): Device['characterSet'] {
  const known = devices().find((device) => device.aeTitle === callingAeTitle)?.characterSet
  return answeringSet(known, identifier.characterSet)
}

/** Pure: the keys that were asked for and are known, in what the device can show (PS3.4 C.4.1.1.3.2). */
export function answerOf(
  { level, keys }: QueryIdentifier,
  attributes: QueryAttributes,
  aeTitle: string,
  characterSet: Device['characterSet'],
): ElementToWrite[] {
  const declares = specificCharacterSetOf[textEncodings[characterSet]]
  const wanted = new Set([...keys.keys(), uniqueKey[level]])
  return [
    ...(declares === '' ? [] : [{ tag: 0x00080005, vr: 'CS', value: declares }]),
    { tag: queryTag.queryRetrieveLevel, vr: 'CS', value: level },
    { tag: 0x00080054, vr: 'AE', value: aeTitle },
    ...[...wanted].flatMap((tag) => {
      const attribute = attributes.get(tag)
      return attribute ? [{ tag, vr: attribute.vr, value: written(attribute, characterSet) }] : []
    }),
  ]
}

function written({ vr, value }: QueryAttribute, characterSet: Device['characterSet']): string | number {
  if (vr === 'US') return Number(value)
  if (vr === 'PN') return sayPersonName(value, textEncodings[characterSet])
  return vr === 'LO' || vr === 'SH' ? sayText(value, textEncodings[characterSet]) : value
}

/** For the audit log: numbers and UIDs that were asked by; names are not repeated there. */
function askedFor(keys: ReadonlyMap<number, string>): Readonly<Record<string, string>> {
  const told = {
    patientId: queryTag.patientId,
    accessionNumber: queryTag.accessionNumber,
    studyDate: queryTag.studyDate,
    studyInstanceUid: queryTag.studyInstanceUid,
    seriesInstanceUid: queryTag.seriesInstanceUid,
  }
  const asked = Object.entries(told).map(([name, tag]) => [name, keys.get(tag) ?? ''] as const)
  const byName = keys.get(queryTag.patientName) ? [['patientName', 'asked by name'] as const] : []
  return Object.fromEntries([...asked, ...byName].filter(([, value]) => value !== ''))
}
