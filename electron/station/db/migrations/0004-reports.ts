import type { Migration } from '../migration.ts'

export const reports: Migration = {
  name: '0004-reports',
  sql: `
-- One version of an exam's report. A released version is never changed; an amendment is a new version.
-- value: the whole version as JSON (see shared/models/report.ts); version and state stand beside it to be searched.
create table report (
  exam_id text not null references exam (id),
  version integer not null,
  state text not null check (state in ('draft','returned','awaiting-audit','approved','released')),
  value text not null,
  primary key (exam_id, version)
) strict;
`,
}
