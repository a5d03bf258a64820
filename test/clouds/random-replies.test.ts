import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyAimis } from '../../shared/clouds/aimis/answers.ts'
import { aimisCodeTable } from '../../shared/clouds/aimis/code-table.ts'
import { classifyJilin } from '../../shared/clouds/jilin/answers.ts'
import { readAnswer } from '../../shared/clouds/read-answer.ts'

const statuses = fc.constantFrom(200, 201, 202, 204, 301, 302, 400, 401, 403, 404, 412, 429, 500, 502, 503, 504)
const codes = fc.oneof(
  fc.constantFrom<unknown>(0, 200, '0', '200', null, -0, 0.5, [0], { code: 0 }),
  fc.integer(),
  fc.string(),
)
const replies = fc.oneof(
  fc.record({ code: codes, message: fc.string(), msg: fc.string() }).map((reply) => JSON.stringify(reply)),
  fc.record({ code: codes }).map((reply) => JSON.stringify(reply).slice(0, -1)),
  fc.json(),
  fc.string(),
  fc.string().map((text) => `<html>${text}</html>`),
)
const bytes = fc.oneof(
  replies.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((b) => Buffer.from(b)),
)

const doneAimis = new Set(
  Object.entries(aimisCodeTable)
    .filter(([, row]) => row[2] === 'done')
    .map(([code]) => Number(code)),
)

describe('twenty thousand random replies', () => {
  it('never look like success to AIMIS unless they are, and never throw', () => {
    fc.assert(
      fc.property(statuses, bytes, (status, body) => {
        const answer = readAnswer({
          kind: 'answered',
          status,
          contentType: 'application/json',
          body,
          clockOffsetMs: undefined,
        })
        if (answer.kind === 'failure') return
        const outcome = classifyAimis(answer, undefined, { now: 0, sent: {}, clockOffsetMs: undefined })
        const isSuccess = status === 200 && typeof answer.body.code === 'number' && doneAimis.has(answer.body.code)
        expect(outcome.kind === 'done').toBe(isSuccess)
      }),
      { numRuns: 10_000 },
    )
  })

  it('never look like success to the provincial cloud unless they are, and never throw', () => {
    fc.assert(
      fc.property(statuses, bytes, (status, body) => {
        const answer = readAnswer({
          kind: 'answered',
          status,
          contentType: 'application/json',
          body,
          clockOffsetMs: undefined,
        })
        if (answer.kind === 'failure') return
        const verdict = classifyJilin('savePatientExam', answer, {})
        const isSuccess = status === 200 && (answer.body.code === 200 || answer.body.code === '200')
        expect(verdict.kind === 'outcome' && verdict.outcome.kind === 'done').toBe(isSuccess)
      }),
      { numRuns: 10_000 },
    )
  })
})
