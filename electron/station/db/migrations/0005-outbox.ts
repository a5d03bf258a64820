import type { Migration } from '../migrate.ts'

export const outbox: Migration = {
  name: '0005-outbox',
  sql: ``,
}
