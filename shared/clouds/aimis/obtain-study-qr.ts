import type { CloudOutcome } from '../cloud-outcome.ts'
import { studyUnknownCodes } from './answers.ts'
import type { AimisClient, StudyQr } from './client.ts'
import type { GetStudyQrBody } from './fields.ts'
import type { StudyAddBody } from './study-add-fields.ts'

/**
 * The QR for the card printed at registration, before there are images. A gateway that does not know the study yet is told about it
 * (study/add with status registered), then asked once more.
 */
export async function obtainStudyQr(
  client: Pick<AimisClient, 'getStudyQr' | 'studyAdd'>,
  question: GetStudyQrBody,
  registered: StudyAddBody,
): Promise<CloudOutcome<StudyQr>> {
  const first = await client.getStudyQr(question)
  if (first.kind !== 'unknown' || !studyUnknownCodes.has(first.reason.code)) return first
  const told = await client.studyAdd(registered)
  return told.kind === 'done' ? client.getStudyQr(question) : told
}
