import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'

/** The name of a person by username; the username where the name is not known. */
export function usePersonName(): (username: string) => string {
  const accounts = useStationQuery(routes.accountList).data
  return (username) => accounts?.find((account) => account.username === username)?.displayName ?? username
}
