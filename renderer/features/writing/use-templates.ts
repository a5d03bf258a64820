import { routes } from '../../../shared/api/routes.ts'
import type { Account } from '../../../shared/models/account.ts'
import type { Template } from '../../../shared/models/writing.ts'
import { useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'

const stale = [routes.templateList]

/** Own ones; shared ones by an administrator too. */
export function mayChange(template: Pick<Template, 'owner' | 'isShared'>, user: Account): boolean {
  return template.owner === user.username || (template.isShared && user.role === 'administrator')
}

/** The templates of the person who is logged in, and what can be done with them. */
export function useTemplates() {
  const user = useUser()
  const list = useStationQuery(routes.templateList)
  const mark = useStationMutation(routes.templateMark, { stale })
  const create = useStationMutation(routes.templateCreate, { stale })
  const change = useStationMutation(routes.templateChange, { stale })
  const remove = useStationMutation(routes.templateRemove, { stale })
  return {
    user,
    list,
    templates: list.data ?? [],
    create,
    change,
    remove,
    favour: ({ id, isFavourite }: Template) => mark.mutate({ params: { id }, body: { isFavourite: !isFavourite } }),
    used: ({ id }: Template) => mark.mutate({ params: { id }, body: { used: true } }),
  }
}
export type Templates = ReturnType<typeof useTemplates>
