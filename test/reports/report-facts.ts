import { reportDraftSchema } from '../../shared/models/report.ts'
import { type CheckFacts, checkFactsOf } from '../../shared/reports/check-facts.ts'
import { checkReport } from '../../shared/reports/check-report.ts'

type Known = Parameters<typeof checkFactsOf>[0]

/** A man of 38 with a chest radiograph, and whatever a test changes. */
export function factsOf(
  exam: Partial<Known['exam']> = {},
  patient: Partial<Known['patient']> = {},
  more: Partial<Known> = {},
): CheckFacts {
  return checkFactsOf({
    exam: {
      modality: 'DR',
      bodyPart: '胸部',
      itemName: '胸部正位',
      scheduledAt: Date.parse('2026-11-21T09:30:00+08:00'),
      ...exam,
    },
    patient: { name: '张伟', sex: 'M', birthDate: '1988-03-05', ...patient },
    lateralities: [],
    forbiddenWords: [],
    criticalTold: false,
    ...more,
  })
}

/** What a report of these words is held to account for: 'stop side-request:findings:右'. */
export function keysOf(draft: object, facts: CheckFacts = factsOf()): string[] {
  return checkReport(reportDraftSchema.parse({ impression: '未见明显异常。', ...draft }), facts).map(
    ({ level, key }) => `${level} ${key}`,
  )
}
