import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { Device, ReadAs } from '../../../shared/models/settings.ts'
import type { WorklistItem } from '../../../shared/models/worklist-item.ts'
import type { WorklistScope } from '../exams/exams.ts'
import type { Log } from '../log.ts'
import type { DimseHandler } from './dimse-call.ts'
import { answerFind, answeringSet } from './find-answers.ts'
import { answerWorklist, isWhollySupported, readWorklistQuery, scopeOf } from './worklist.ts'
import { worklistAttributes } from './worklist-attributes.ts'

export type WorklistFindParts = {
  /** What it asks of the exams room; the exact matching of keys is done here (PS3.4 K.2.2). */
  readonly worklist: (scope: WorklistScope) => readonly WorklistItem[]
  /** Undefined: the device is not registered (training mode). */
  readonly characterSetOf: (aeTitle: string) => Device['characterSet'] | undefined
  /** What the device's text is known to be written in, whatever it declares. */
  readonly readAsOf: (aeTitle: string) => ReadAs
  readonly most: number
  readonly log: Log
}

/** C-FIND of the Modality Worklist, PS3.4 K.4.1. */
export function createWorklistFind({ worklist, characterSetOf, readAsOf, most, log }: WorklistFindParts): DimseHandler {
  return async ({ dataSet, context, callingAeTitle, reply }) => {
    const known = characterSetOf(callingAeTitle)
    const readAs = readAsOf(callingAeTitle)
    const query = dataSet && readWorklistQuery(dataSet, context.transferSyntax, known ?? 'gb18030', readAs)
    if (!query) {
      log.warn({ callingAeTitle }, 'a worklist question could not be read')
      await reply.answer({ status: dicomStatus.cannotUnderstand })
      return
    }
    const characterSet = answeringSet(known, query.characterSet)
    const explicitVr = dataSetEncodingOf(context.transferSyntax).explicitVr
    const items = worklist(scopeOf(query))
    const device = { aeTitle: callingAeTitle, characterSet }
    const answers = answerWorklist(query, items, device, { explicitVr, most: most + 1 })
    const isTooLong = answers.length > most
    log.info({ callingAeTitle, answers: Math.min(answers.length, most) }, 'a worklist was asked for')
    if (isTooLong) log.warn({ callingAeTitle, most }, 'a worklist is longer than one question may be answered')
    const [any] = items
    const isWholly = !any || isWhollySupported(query, worklistAttributes(any, characterSet, callingAeTitle))
    await answerFind(
      reply,
      answers.slice(0, most),
      isWholly ? dicomStatus.pending : dicomStatus.pendingWithoutSomeKeys,
      isTooLong
        ? { status: dicomStatus.outOfResources, comment: `more than ${most} matches, ask for less` }
        : { status: dicomStatus.success },
    )
  }
}
