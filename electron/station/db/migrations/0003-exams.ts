import type { Migration } from '../migrate.ts'

export const exams: Migration = {
  name: '0003-exams',
  sql: ``,
}
