import { routes } from '../../../shared/api/routes.ts'
import type { Account } from '../../../shared/models/account.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { inkOf, logoWishes, signatureWishes } from '../documents/ink-picture.ts'
import type { InkOwner } from '../documents/paper-ink.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

const mostBytes = 1024 * 1024
const notReadable = inBoth('不是完好的 PNG 或 JPEG', 'it is no whole PNG or JPEG')
const noInk = inBoth('图片里没有看到字迹，或没有留白', 'no writing, or no paper around it, is to be seen')
const selfOrAdministrator = inBoth('本人或管理员', 'the person themselves, administrator')

/** Signatures of people and the logo of the letterhead: pictures that stand on reports. */
export function answerInk(answer: Answer, { accounts, ink, readPlainPicture }: ApiRooms): void {
  /** A signature is the person's own affair, and the administrator's. */
  function accountFor(id: string, user: Account): Outcome<InkOwner> {
    if (user.id !== id && user.role !== 'administrator')
      return fail('ROLE-NEEDED', filling('roles', selfOrAdministrator))
    const account = accounts.list().find((one) => one.id === id)
    return account ? ok({ kind: 'account', id }) : fail('NOT-FOUND', { what: '用户' })
  }

  async function keep(owner: InkOwner, base64: string, by: Account): Promise<Outcome<{ done: true }>> {
    const bytes = Buffer.from(base64, 'base64')
    if (bytes.length > mostBytes) return fail('TOO-LARGE')
    const picture = await readPlainPicture(bytes)
    if (!picture) return fail('INK-UNUSABLE', filling('why', notReadable))
    const png = inkOf(picture, owner.kind === 'logo' ? logoWishes : signatureWishes)
    if (!png) return fail('INK-UNUSABLE', filling('why', noInk))
    ink.save(owner, png, by.username)
    return ok({ done: true as const })
  }

  answer(routes.signatureRead, async ({ params, user, reply }) => {
    const owner = accountFor(params.id!, user)
    if (!owner.ok) return owner
    const png = ink.read(owner.value)
    if (!png) return fail('NOT-FOUND', { what: '签名图片' })
    await reply.type('image/png').header('cache-control', 'no-store').send(png)
    return ok(answered)
  })
  answer(routes.signatureSave, async ({ params, body, user }) => {
    const owner = accountFor(params.id!, user)
    return owner.ok ? keep(owner.value, body.picture, user) : owner
  })
  answer(routes.signatureRemove, ({ params, user }) => {
    const owner = accountFor(params.id!, user)
    if (!owner.ok) return owner
    ink.remove(owner.value, user.username)
    return ok({ done: true as const })
  })
  answer(routes.logoRead, async ({ reply }) => {
    const png = ink.read({ kind: 'logo' })
    if (!png) return fail('NOT-FOUND', { what: '标志' })
    await reply.type('image/png').header('cache-control', 'no-store').send(png)
    return ok(answered)
  })
  answer(routes.logoSave, ({ body, user }) => keep({ kind: 'logo' }, body.picture, user))
  answer(routes.logoRemove, ({ user }) => {
    ink.remove({ kind: 'logo' }, user.username)
    return ok({ done: true as const })
  })
}
