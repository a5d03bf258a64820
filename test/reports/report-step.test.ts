import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayWrite, takeStep } from '../../electron/station/reports/report-step.ts'
import {
  type ReportStep,
  type ReportVersion,
  reportStateSchema,
  reportVersionSchema,
} from '../../shared/models/report.ts'
import { account, morning } from '../db/rooms-for-tests.ts'

const wang = account('wang', 'doctor', '王医生')
const li = account('li', 'auditor', '李医生')
const zhao = account('zhao', 'auditor', '赵医生')
const steps = ['submit', 'return', 'approve', 'release', 'amend'] as const
type Step = Exclude<ReportStep, 'save'>

const draft: ReportVersion = reportVersionSchema.parse({
  examId: 'e',
  version: 1,
  state: 'draft',
  findings: '双肺纹理清晰。',
  writtenAt: morning,
  writtenBy: 'wang',
})

function take(report: ReportVersion | undefined, step: Step, actor = wang, changes: object = {}) {
  return takeStep({
    report,
    step,
    actor,
    now: morning + 1,
    singleDoctor: false,
    imageCount: 1,
    reason: '理由',
    ...changes,
  })
}

/** The report after these steps, each by its usual person. */
function reportAfter(...taken: [Step, typeof wang][]): ReportVersion {
  let report = draft
  for (const [step, actor] of taken) {
    const outcome = take(report, step, actor)
    if (!outcome.ok) throw new Error(`${step}: ${outcome.problem.code}`)
    report = outcome.value
  }
  return report
}
const submitted = reportAfter(['submit', wang])
const approved = reportAfter(['submit', wang], ['approve', li])
const released = reportAfter(['submit', wang], ['approve', li], ['release', li])

describe('which step leads where', () => {
  const allowed: Record<string, Partial<Record<Step, string>>> = {
    draft: { submit: 'awaiting-audit' },
    returned: { submit: 'awaiting-audit' },
    'awaiting-audit': { return: 'returned', approve: 'approved' },
    approved: { return: 'returned', release: 'released' },
    released: { amend: 'draft' },
  }
  test.each(reportStateSchema.options.flatMap((state) => steps.map((step) => [state, step] as const)))(
    'from %s by %s',
    (state, step) => {
      const outcome = take({ ...draft, state }, step, li)
      const wanted = allowed[state]?.[step]
      if (wanted) expect(outcome).toMatchObject({ ok: true, value: { state: wanted } })
      else expect(outcome).toMatchObject({ ok: false, problem: { code: 'REPORT-STEP' } })
    },
  )

  test('a report that was sent on is no longer written to, one that came back is', () => {
    const writable = reportStateSchema.options.filter((state) => mayWrite({ ...draft, state }).ok)
    expect(writable).toEqual(['draft', 'returned'])
    expect(mayWrite(undefined).ok).toBe(true)
  })

  test('without a report there is no step', () => {
    for (const step of steps)
      expect(take(undefined, step)).toMatchObject({ ok: false, problem: { code: 'REPORT-MISSING' } })
  })

  test('a report on an exam without images is not submitted', () => {
    expect(take(draft, 'submit', wang, { imageCount: 0 })).toMatchObject({ ok: false, problem: { code: 'NO-IMAGES' } })
  })
})

describe('the audit', () => {
  test('is by another person than the one who wrote or submitted', () => {
    expect(take(submitted, 'approve', wang)).toMatchObject({ ok: false, problem: { code: 'REPORT-OWN-AUDIT' } })
    expect(take({ ...submitted, writtenBy: 'zhao' }, 'approve', wang)).toMatchObject({ ok: false })
    expect(take({ ...submitted, submittedBy: 'zhao' }, 'approve', wang)).toMatchObject({ ok: false })
    expect(take(submitted, 'approve', li)).toMatchObject({
      ok: true,
      value: { approvedBy: 'li', approvedAt: morning + 1 },
    })
  })

  test('may be by the writer where one doctor works alone, who then is both doctors', () => {
    const outcome = take(submitted, 'approve', wang, { singleDoctor: true })
    expect(outcome).toMatchObject({
      ok: true,
      value: { approvedBy: 'wang', reportDoctor: { code: 'D-wang' }, auditDoctor: { code: 'D-wang' } },
    })
  })

  test('names both doctors with their codes', () => {
    expect(approved).toMatchObject({
      reportDoctor: { code: 'D-wang', name: '王医生' },
      auditDoctor: { code: 'D-li', name: '李医生' },
    })
  })

  test('keeps the doctors that the writer named', () => {
    const named = { reportDoctor: { code: 'R1', name: '甲' }, auditDoctor: { code: 'A1', name: '乙' } }
    const once = take({ ...draft, ...named }, 'submit')
    const twice = once.ok ? take(once.value, 'approve', li) : once
    expect(twice).toMatchObject({ ok: true, value: named })
  })

  test('after a return, names the auditor who approved at last and not the one before', () => {
    const report = reportAfter(['submit', wang], ['approve', li], ['return', li], ['submit', wang], ['approve', zhao])
    expect(report).toMatchObject({ approvedBy: 'zhao', auditDoctor: { code: 'D-zhao', name: '赵医生' } })
  })

  test('a return keeps the reason, takes the approval back, and the reason goes when it is submitted again', () => {
    const back = reportAfter(['submit', wang], ['approve', li], ['return', li])
    expect(back).toMatchObject({ state: 'returned', returnReason: '理由' })
    expect([back.approvedAt, back.approvedBy]).toEqual([undefined, undefined])
    expect(reportAfter(['submit', wang], ['return', li], ['submit', wang]).returnReason).toBeUndefined()
  })
})

describe('an amendment', () => {
  test('is a new version that begins as a draft with the text, without approval and release', () => {
    const outcome = take(released, 'amend', zhao)
    if (!outcome.ok) throw new Error(outcome.problem.code)
    expect(outcome.value).toMatchObject({
      version: 2,
      state: 'draft',
      findings: draft.findings,
      amendReason: '理由',
      writtenBy: 'zhao',
    })
    for (const key of ['submittedAt', 'approvedAt', 'approvedBy', 'releasedAt', 'releasedBy', 'auditDoctor'] as const)
      expect(outcome.value[key], key).toBeUndefined()
  })

  test('by another doctor names that doctor as its writer', () => {
    const amended = take(released, 'amend', zhao)
    const sent = amended.ok ? take(amended.value, 'submit', zhao) : amended
    expect(sent).toMatchObject({ ok: true, value: { reportDoctor: { code: 'D-zhao' } } })
  })

  test('does not change the version it begins from', () => {
    const before = structuredClone(released)
    take(released, 'amend', zhao)
    expect(released).toEqual(before)
  })
})

test('whatever is done in whatever order, a release was approved by somebody else than who wrote it', () => {
  const person = fc.constantFrom(wang, li, zhao)
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...steps), person), { maxLength: 30 }), (history) => {
      let report = draft
      for (const [step, actor] of history) {
        const outcome = take(report, step, actor)
        if (!outcome.ok) continue
        const next = outcome.value
        expect(next.version).toBe(report.version + (step === 'amend' ? 1 : 0))
        report = next
        if (report.state === 'released' || report.state === 'approved') {
          expect(report.approvedBy).toBeDefined()
          expect([report.writtenBy, report.submittedBy]).not.toContain(report.approvedBy)
        }
        expect(reportVersionSchema.safeParse(report).success).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})
