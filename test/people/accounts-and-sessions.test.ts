import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkPassword, hashPassword } from '../../electron/station/people/password.ts'
import type { Account, Role } from '../../shared/models/account.ts'
import { chinaDateTime } from '../../shared/text/china-time.ts'
import { codeOf, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

// scrypt at its full cost takes 0.4 s, so one station serves all tests here and each works with an account of its own.
let rooms: Rooms
const password = 'Correct-Horse-1'
let stored: string
beforeAll(async () => {
  rooms = await openRooms()
  stored = await hashPassword(password, { log2N: 10, r: 8, p: 1 })
})
afterAll(() => rooms.close())

let number = 0
let user: Account
beforeEach(() => {
  user = makeAccount('doctor')
})

/** An account whose password is cheap to check: the cost is kept beside each hash. */
function makeAccount(role: Role): Account {
  const id = `id-${++number}`
  rooms.db
    .prepare(
      'insert into account (id, username, display_name, doctor_code, role, password, created_at) values (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(id, `user${number}`, `医生${number}`, '', role, stored, rooms.clock())
  return { id, username: `user${number}`, displayName: `医生${number}`, doctorCode: '', role, disabled: false }
}
const logIn = (word: string, who = user) => rooms.sessions.logIn(who.username, word)

describe('a password', () => {
  test('is kept as scrypt with its cost and a salt of its own, and never in clear', async () => {
    const [a, b] = [await hashPassword(password), await hashPassword(password, { log2N: 10, r: 8, p: 1 })]
    expect(a).toMatch(/^scrypt\$17\$8\$1\$[0-9a-f]{32}\$[0-9a-f]{64}$/)
    expect(a.slice(-64)).not.toBe(b.slice(-64))
    expect(await checkPassword(password, b)).toBe(true)
    expect(await checkPassword('correct-horse-1', b)).toBe(false)
    expect(await checkPassword('', b)).toBe(false)
  })

  test('is the same however its letters are composed', async () => {
    expect(
      await checkPassword('cafe\u0301-1234', await hashPassword('caf\u00e9-1234', { log2N: 10, r: 8, p: 1 })),
    ).toBe(true)
  })

  test('a stored text that is no hash lets nobody in', async () => {
    for (const text of ['', 'plain', 'scrypt$10$8$1$$', 'md5$1$1$1$00$00'])
      expect(await checkPassword('', text)).toBe(false)
  })
})

describe('logging in', () => {
  test('gives a token that only its hash is kept of', async () => {
    const session = expectOk(await logIn(password))
    expect(session.user).toEqual(user)
    expect(session.token).toMatch(/^[\w-]{43}$/)
    expect(rooms.sessions.whoIs(session.token)).toEqual(user)
    expect(JSON.stringify(rooms.db.prepare('select * from session').all())).not.toContain(session.token)
    expect(rooms.audit.about('account', user.id)[0]).toMatchObject({ action: 'log-in', actor: user.username })
  })

  test('takes the username in any case', async () => {
    expect(codeOf(await rooms.sessions.logIn(user.username.toUpperCase(), password))).toBe('ok')
  })

  test('tells an unknown name, a wrong password and a disabled account apart for nobody', async () => {
    const disabled = makeAccount('doctor')
    expectOk(await rooms.accounts.change(disabled.id, { disabled: true }, 'admin'))
    const answers = [
      await logIn('wrong'),
      await logIn(password, disabled),
      await rooms.sessions.logIn('nobody', password),
    ]
    expect(answers).toEqual([answers[0], answers[0], answers[0]])
    expect(codeOf(answers[0]!)).toBe('LOGIN-WRONG')
  })

  test('is locked after 5 wrong passwords, for a quarter of an hour, also for the right one', async () => {
    for (let i = 0; i < 4; i++) expect(codeOf(await logIn('wrong'))).toMatch(/^LOGIN-(WRONG|TRIES-LEFT)$/)
    const until = chinaDateTime(rooms.clock() + 15 * 60_000).slice(11, 16)
    const lock = { minutes: 15, until }
    expect(await logIn('wrong')).toEqual({ ok: false, problem: { code: 'LOGIN-NOW-LOCKED', with: lock } })
    expect(await logIn(password)).toEqual({ ok: false, problem: { code: 'LOGIN-LOCKED', with: lock } })
    expect(rooms.audit.about('account', user.id)[0]).toMatchObject({
      action: 'log-in-failed',
      details: { locked: true },
    })
    rooms.advance(15 * 60_000 - 1)
    expect(codeOf(await logIn(password))).toBe('LOGIN-LOCKED')
    rooms.advance(1)
    expect(codeOf(await logIn(password))).toBe('ok')
  })

  test('says after the third wrong password how many tries are left', async () => {
    const tries = []
    for (let i = 0; i < 4; i++) tries.push(await logIn('wrong'))
    const left = (tries: number) => ({ ok: false, problem: { code: 'LOGIN-TRIES-LEFT', with: { left: tries } } })
    expect(tries.slice(0, 2).map(codeOf)).toEqual(['LOGIN-WRONG', 'LOGIN-WRONG'])
    expect(tries.slice(2)).toEqual([left(2), left(1)])
    expect(codeOf(await logIn(password))).toBe('ok')
    expect(codeOf(await logIn('wrong'))).toBe('LOGIN-WRONG')
  })

  test('whoever is logged in is told the same, and stays logged in', async () => {
    const codes = []
    for (let i = 0; i < 6; i++) codes.push(codeOf(await rooms.sessions.confirm(user, 'wrong')))
    const [wrong, few] = ['PASSWORD-WRONG', 'PASSWORD-TRIES-LEFT']
    expect(codes).toEqual([wrong, wrong, few, few, 'LOGIN-LOCKED', 'LOGIN-LOCKED'])
  })

  test('counts many wrong passwords at once one by one', async () => {
    const codes = (await Promise.all(Array.from({ length: 9 }, () => logIn('wrong')))).map(codeOf)
    expect(codes.toSorted()).toEqual([
      ...Array(4).fill('LOGIN-LOCKED'),
      'LOGIN-NOW-LOCKED',
      ...Array(2).fill('LOGIN-TRIES-LEFT'),
      ...Array(2).fill('LOGIN-WRONG'),
    ])
  })

  test('a right password forgets the wrong ones before it', async () => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await logIn('wrong')
      expect(codeOf(await logIn(password))).toBe('ok')
    }
  })

  test('is open again once the administrator sets a new password', async () => {
    for (let i = 0; i < 5; i++) await logIn('wrong')
    expectOk(await rooms.accounts.change(user.id, { password: 'Another-Word-2' }, 'admin'))
    expect(codeOf(await logIn('Another-Word-2'))).toBe('ok')
  })

  test('is told in the list of accounts while it lasts, and an administrator opens it without a new password', async () => {
    const listed = () => rooms.accounts.list().find((one) => one.id === user.id)
    for (let i = 0; i < 5; i++) await logIn('wrong')
    expect(listed()?.lockedUntil).toBe(rooms.clock() + 15 * 60_000)
    expectOk(await rooms.accounts.change(user.id, { unlocked: true }, 'admin'))
    expect(listed()).not.toHaveProperty('lockedUntil')
    expect(rooms.audit.about('account', user.id)[0]).toMatchObject({ actor: 'admin', details: { unlocked: true } })
    expect(codeOf(await logIn(password))).toBe('ok')
    for (let i = 0; i < 5; i++) await logIn('wrong')
    rooms.advance(15 * 60_000)
    expect(listed()).not.toHaveProperty('lockedUntil')
  })

  test('the lock of one account is not the lock of another', async () => {
    const other = makeAccount('doctor')
    for (let i = 0; i < 5; i++) await logIn('wrong')
    expect(codeOf(await logIn(password, other))).toBe('ok')
  })
})

describe('a session', () => {
  test('ends when its person logs out, and only that one', async () => {
    const [a, b] = [expectOk(await logIn(password)), expectOk(await logIn(password))]
    rooms.sessions.end(a.token)
    expect(rooms.sessions.whoIs(a.token)).toBeUndefined()
    expect(rooms.sessions.whoIs(b.token)).toEqual(user)
  })

  test('ends after 12 hours without use, and use keeps it', async () => {
    const { token } = expectOk(await logIn(password))
    for (let i = 0; i < 4; i++) {
      rooms.advance(11 * 3600_000)
      expect(rooms.sessions.whoIs(token)).toEqual(user)
    }
    rooms.advance(12 * 3600_000 + 1)
    expect(rooms.sessions.whoIs(token)).toBeUndefined()
  })

  test('ends when the account is disabled or gets a new password', async () => {
    const first = expectOk(await logIn(password))
    expectOk(await rooms.accounts.change(user.id, { password: 'Another-Word-2' }, 'admin'))
    expect(rooms.sessions.whoIs(first.token)).toBeUndefined()
    const second = expectOk(await logIn('Another-Word-2'))
    expectOk(await rooms.accounts.change(user.id, { disabled: true }, 'admin'))
    expect(rooms.sessions.whoIs(second.token)).toBeUndefined()
  })

  test('has the role that its person has now', async () => {
    const { token } = expectOk(await logIn(password))
    expectOk(await rooms.accounts.change(user.id, { role: 'registrar' }, 'admin'))
    expect(rooms.sessions.whoIs(token)?.role).toBe('registrar')
  })

  test('of a made-up token is nobody’s', () => {
    for (const token of ['', 'x', 'undefined', "' or 1=1 --"]) expect(rooms.sessions.whoIs(token)).toBeUndefined()
  })
})

describe('accounts', () => {
  test('a username is taken once, in whatever case', async () => {
    const input = { username: 'Taken', displayName: '王', doctorCode: '', role: 'doctor', password } as const
    expectOk(await rooms.accounts.create(input, 'admin'))
    expect(codeOf(await rooms.accounts.create({ ...input, username: 'TAKEN' }, 'admin'))).toBe('ACCOUNT-EXISTS')
  })

  test('of two made at once with one name, one is refused', async () => {
    const input = { username: 'twice', displayName: '王', doctorCode: '', role: 'doctor', password } as const
    const codes = (await Promise.all([1, 2, 3].map(() => rooms.accounts.create(input, 'admin')))).map(codeOf)
    expect(codes.sort()).toEqual(['ACCOUNT-EXISTS', 'ACCOUNT-EXISTS', 'ok'])
  })

  test('the last administrator can neither be disabled nor lose the role', async () => {
    const admin = makeAccount('administrator')
    expect(codeOf(await rooms.accounts.change(admin.id, { disabled: true }, 'x'))).toBe('LAST-ADMINISTRATOR')
    expect(codeOf(await rooms.accounts.change(admin.id, { role: 'doctor' }, 'x'))).toBe('LAST-ADMINISTRATOR')
    const second = makeAccount('administrator')
    expect(codeOf(await rooms.accounts.change(admin.id, { role: 'doctor' }, 'x'))).toBe('ok')
    expect(codeOf(await rooms.accounts.change(second.id, { disabled: true }, 'x'))).toBe('LAST-ADMINISTRATOR')
  })

  test('changes leave an audit row without the password', async () => {
    expectOk(await rooms.accounts.change(user.id, { displayName: '新', password: 'Another-Word-2' }, 'admin'))
    const [row] = rooms.audit.about('account', user.id)
    expect(row).toMatchObject({
      actor: 'admin',
      action: 'change-account',
      details: { displayName: '新', passwordChanged: true },
    })
    expect(JSON.stringify(rooms.audit.newest(500))).not.toContain('Another-Word-2')
    expect(codeOf(await rooms.accounts.change('nobody', {}, 'admin'))).toBe('NOT-FOUND')
  })
})
