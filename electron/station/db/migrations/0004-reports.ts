import type { Migration } from '../migrate.ts'

export const reports: Migration = {
  name: '0004-reports',
  sql: ``,
}
