import { expect, test } from 'vitest'
import {
  blocksOf,
  type FixFacts,
  fixOf,
  groupsOf,
  type PreflightLine,
} from '../../renderer/features/preflight/preflight-lines.ts'

const line = (over: Partial<PreflightLine>): PreflightLine => ({
  destinationId: 'jilin-1',
  destinationName: '省影像云',
  severity: 'blocks',
  code: 'MISSING-FIELD',
  field: 'hospitalCode',
  label: '机构组织编码',
  labelInEnglish: 'institution code',
  message: '缺少机构组织编码',
  messageInEnglish: 'institution code is missing',
  place: { kind: 'institution', field: 'hospitalCode' },
  ...over,
})
const facts: FixFacts = {
  destinationKind: 'jilin',
  report: { reportDoctor: { code: '', name: '李书写' } },
  accounts: [{ displayName: '李书写', doctorCode: '' }],
}

test('each line leads to the place where it is mended', () => {
  expect(fixOf(line({}), facts)).toEqual({ kind: 'address', address: '/settings/institutions' })
  expect(fixOf(line({ place: { kind: 'settings' } }), facts)).toEqual({ kind: 'address', address: '/settings/jilin' })
  expect(fixOf(line({ place: { kind: 'report', field: 'impression' } }), facts)).toEqual({
    kind: 'report',
    field: 'impression',
  })
  expect(fixOf(line({ place: { kind: 'report', field: 'pdf' } }), facts)).toEqual({ kind: 'report', field: 'findings' })
})

test('a registration’s field is found in its form', () => {
  const registration = (kind: 'patient' | 'exam', field: string, wire: string) =>
    fixOf(line({ field: wire, place: { kind, field } }), facts)
  expect(registration('patient', 'phone', 'phoneNumber')).toEqual({ kind: 'registration', path: ['patient', 'phone'] })
  expect(registration('patient', 'identity', 'idCardNo')).toEqual({
    kind: 'registration',
    path: ['patient', 'identity', 'number'],
  })
  expect(registration('exam', 'applyDoctor', 'applyDocName')).toEqual({
    kind: 'registration',
    path: ['exam', 'applyDoctor', 'name'],
  })
  expect(registration('exam', 'applyDoctor', 'applyDocCode')).toEqual({
    kind: 'registration',
    path: ['exam', 'applyDoctor', 'code'],
  })
})

test('a doctor’s code is mended in the account; who is not chosen, or was mended there already, is chosen in the report', () => {
  const doctor = (field: string, known = facts) => fixOf(line({ field, place: { kind: 'account' } }), known)
  expect(doctor('reportDocCode')).toEqual({ kind: 'address', address: '/people' })
  expect(doctor('auditDocName')).toEqual({ kind: 'report', field: 'auditDoctor' })
  const mended = { ...facts, accounts: [{ displayName: '李书写', doctorCode: 'D001' }] }
  expect(doctor('reportDocCode', mended)).toEqual({ kind: 'report', field: 'reportDoctor' })
})

test('what nobody can type has no button', () => {
  expect(fixOf(line({ place: { kind: 'images' } }), facts)).toBeUndefined()
  expect(fixOf(line({ place: { kind: 'exam', field: 'studyInstanceUid' } }), facts)).toBeUndefined()
})

test('the gravest lines come first, among the destinations and within one', () => {
  const lines = [
    line({ destinationId: 'aimis-1', severity: 'recommended', field: 'a' }),
    line({ severity: 'recommended', field: 'b' }),
    line({ severity: 'blocks', field: 'c' }),
    line({ severity: 'warns', field: 'd' }),
  ]
  expect(groupsOf(lines).map((group) => group.lines.map((one) => one.field))).toEqual([['c', 'd', 'b'], ['a']])
  expect(blocksOf(lines).map((one) => one.field)).toEqual(['c'])
})
