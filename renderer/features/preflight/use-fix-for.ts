import { useCallback } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { type Fix, fixOf, type PreflightLine } from './preflight-lines.ts'

/** Where the lines of one exam are mended. */
export function useFixFor(report: ReportVersion | undefined): (line: PreflightLine) => Fix | undefined {
  const destinations = useStationQuery(routes.destinationList).data
  const accounts = useStationQuery(routes.accountList).data
  return useCallback(
    (line) => {
      const destinationKind = destinations?.find((one) => one.id === line.destinationId)?.kind
      return fixOf(line, { destinationKind, report, accounts: accounts ?? [] })
    },
    [destinations, accounts, report],
  )
}
