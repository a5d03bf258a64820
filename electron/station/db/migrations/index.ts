import type { Migration } from '../migration.ts'
import { peopleAndSettings } from './0001-people-and-settings.ts'
import { archive } from './0002-archive.ts'
import { exams } from './0003-exams.ts'
import { reports } from './0004-reports.ts'
import { outbox } from './0005-outbox.ts'
import { cloudWork } from './0006-cloud-work.ts'
import { dicomSide } from './0007-dicom-side.ts'
import { desk } from './0008-desk.ts'

/** In the order in which they are applied; the position is the number kept in the database. */
export const migrations: readonly Migration[] = [
  peopleAndSettings,
  archive,
  exams,
  reports,
  outbox,
  cloudWork,
  dicomSide,
  desk,
]
