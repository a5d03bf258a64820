import type { Migration } from '../migrate.ts'

export const desk: Migration = {
  name: '0008-desk',
  sql: `
-- Filters of the board that a person keeps: JSON, an array of SavedFilter.
create table board_filters (
  username text primary key,
  value text not null
) strict;
`,
}
