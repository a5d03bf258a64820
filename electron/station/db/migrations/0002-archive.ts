import type { Migration } from '../migrate.ts'

export const archive: Migration = {
  name: '0002-archive',
  sql: ``,
}
