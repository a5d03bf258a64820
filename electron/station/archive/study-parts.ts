import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { derivedUid } from '../../../shared/dicom/derived-uid.ts'
import type { ReadAs } from '../../../shared/models/settings.ts'
import type { StudyHeader } from '../../../shared/models/study.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Database } from '../db/open-database.ts'
import { withPersonOf } from './fuller-study.ts'
import { firstLook, readHeader } from './read-header.ts'
import { type ImageOfStudy, prepareStudyPartsSql } from './study-parts-sql.ts'

export type StudyPartsDeps = {
  readonly db: Database
  /** Where an image's bytes are now, by the instance's id. */
  readonly fileOf: (instanceId: string) => string | undefined
  readonly readAsOf: (callingAeTitle: string) => ReadAs
}

/** Whom each image of a study names, as its own bytes say, in the order in which the images came. Absent: it cannot be read. */
export type PeopleOfStudy = ReadonlyMap<string, StudyHeader | undefined>

export type StudyParts = ReturnType<typeof createStudyParts>

/**
 * Images of two people under one StudyInstanceUID: those of one are taken out into a study of their own, which then finds its exam like
 * any other. The files stay as they came. Who calls `apart` and `together` holds the transaction.
 */
export function createStudyParts({ db, fileOf, readAsOf }: StudyPartsDeps) {
  const sql = prepareStudyPartsSql(db)

  async function ownHeader(image: ImageOfStudy): Promise<StudyHeader | undefined> {
    const path = fileOf(image.instance_id)
    const file = path === undefined ? undefined : await open(path, 'r').catch(() => undefined)
    if (!file) return undefined
    try {
      const { data_set_offset: offset, size_bytes: length, calling_ae_title: callingAeTitle } = image
      const prefix = Buffer.alloc(Math.min(firstLook, length))
      const { bytesRead } = await file.read(prefix, 0, prefix.length, offset)
      const whole = { file, offset, length }
      const bytes = prefix.subarray(0, bytesRead)
      const read = await readHeader(bytes, image.transfer_syntax_uid, whole, readAsOf(callingAeTitle))
      return read.kind === 'header' ? { ...read.header.study, callingAeTitle } : undefined
    } finally {
      await file.close()
    }
  }

  /** What these images say together; undefined where none of them can be read. */
  function headerOf(uid: string, people: PeopleOfStudy, isOne: (id: string) => boolean): StudyHeader | undefined {
    let header: StudyHeader | undefined
    for (const [id, own] of people) {
      if (!own || !isOne(id)) continue
      header = header ? (withPersonOf(header, own) ?? header) : { ...own, studyInstanceUid: uid }
    }
    return header
  }

  return {
    /** Reads the beginning of every file of the study. */
    async peopleOf(uid: string): Promise<PeopleOfStudy> {
      const people = new Map<string, StudyHeader | undefined>()
      for (const image of sql.images.all(uid)) people.set(image.instance_id, await ownHeader(image))
      return people
    },

    /**
     * Takes images out of their study. `people`: as they were read just before. Gives the StudyInstanceUID of the study that they make
     * now; what stays is described anew by what stays. TAKE-OUT-WHICH: none, all, or images of other studies were named.
     */
    apart(uid: string, instanceIds: readonly string[], people: PeopleOfStudy): Outcome<string> {
      const known = sql.study(uid)
      const all = sql.images.all(uid).map((image) => image.instance_id)
      const taken = new Set(instanceIds)
      const isWhole = all.length === taken.size
      if (!known || taken.size === 0 || isWhole || [...taken].some((id) => !all.includes(id)))
        return fail('TAKE-OUT-WHICH')
      const own = derivedUid('images taken out of a study', randomUUID())
      const header = headerOf(own, people, (id) => taken.has(id)) ?? { ...known, studyInstanceUid: own }
      const left = headerOf(uid, people, (id) => !taken.has(id)) ?? known
      sql.addStudyLike.run(own, JSON.stringify(header), uid)
      sql.addModalities.run(own, uid)
      sql.saveStudy.run(JSON.stringify(left), uid)
      for (const id of taken) {
        sql.moveImage.run(own, id)
        sql.addApart.run(id, own, uid)
      }
      return ok(own)
    },

    /** Puts them back into the study that they were taken from; `own` is what `apart` gave. */
    together(own: string, uid: string): void {
      sql.moveAll.run(uid, own)
      sql.moveApart.run(uid, own)
      sql.endApart.run()
      sql.endModalities.run(own)
      sql.endStudy.run(own)
    },
  }
}
