import type { ImportedFile, ImportJob } from '../../../shared/models/import-job.ts'
import { describeProblem, type Problem } from '../../../shared/problems/problem.ts'

const goodCodes = {
  taken: 'IMPORT-TAKEN',
  made: 'IMPORT-MADE',
  'already-had': 'IMPORT-ALREADY-HAD',
  'other-version': 'IMPORT-OTHER-VERSION',
} as const

/** A line for a file that was not taken. */
export function fileReport(name: string, outcome: 'refused' | 'skipped', problem: Problem): ImportedFile {
  return { name, outcome, sopInstanceUid: null, studyInstanceUid: null, ...saidInBoth(problem) }
}

/** A line for a file that was. */
export function goodReport(
  name: string,
  outcome: keyof typeof goodCodes,
  instance: { readonly sopInstanceUid: string; readonly studyInstanceUid: string },
): ImportedFile {
  const { sopInstanceUid, studyInstanceUid } = instance
  const words = saidInBoth({ code: goodCodes[outcome], with: { file: name } })
  return { name, outcome, sopInstanceUid, studyInstanceUid, ...words }
}

function saidInBoth(problem: Problem) {
  const { status: _, ...words } = describeProblem(problem)
  return words
}

const mostFiles = 1000
/** Of what went well only the first are worth reading. */
const mostGoodFiles = 200

export type ImportReport = ReturnType<typeof createImportReport>

/** What an import is and what came of it so far. */
export function createImportReport(
  first: Pick<ImportJob, 'id' | 'source' | 'examId' | 'startedBy' | 'startedAt'>,
  examOfStudy: (studyInstanceUid: string) => string | null,
) {
  let state: ImportJob['state'] = 'running'
  let endedAt: number | null = null
  let total: number | null = null
  let done = 0
  let bytes = 0
  let problem: ImportJob['problem'] = null
  const counts = { taken: 0, 'already-had': 0, 'other-version': 0, made: 0, skipped: 0, refused: 0 }
  const studies = new Set<string>()
  const refused: ImportedFile[] = []
  const good: ImportedFile[] = []
  return {
    expect(count: number): void {
      total = (total ?? 0) + count
    },
    addBytes(count: number): void {
      bytes += count
    },
    add(file: ImportedFile): void {
      done++
      counts[file.outcome]++
      if (file.studyInstanceUid !== null) studies.add(file.studyInstanceUid)
      if (file.outcome === 'refused') {
        if (refused.length < mostFiles) refused.push(file)
      } else if (good.length < mostGoodFiles) good.push(file)
    },
    end(how: 'done' | 'cancelled' | 'failed', at: number, why?: Problem): void {
      state = how
      endedAt = at
      total = how === 'done' ? done : total
      if (why) problem = saidInBoth(why)
    },
    read(): ImportJob {
      return {
        ...first,
        state,
        endedAt,
        total,
        done,
        bytes,
        counts: { ...counts },
        studies: [...studies].map((studyInstanceUid) => ({ studyInstanceUid, examId: examOfStudy(studyInstanceUid) })),
        files: [...refused, ...good].slice(0, mostFiles),
        problem,
      }
    },
  }
}
