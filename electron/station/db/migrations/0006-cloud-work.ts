import type { Migration } from '../migration.ts'

export const cloudWork: Migration = {
  name: '0006-cloud-work',
  sql: `
-- What a record to the cloud says beyond the exam itself (a call record, a recognition, the reason of a deletion): JSON.
alter table outbox_task add column payload text;

-- Objects of this study name two people: BothWords[] as JSON, exams/suspicion.ts. Nothing more of it is sent until staff have looked.
alter table study_claim add column suspect text;

-- A clinic's own exam item and the provincial standard items it stands for. value: shared/models/item-mapping.ts.
create table item_mapping (
  id text primary key,
  institution_id text not null references institution (id),
  item_code text not null,
  value text not null,
  unique (institution_id, item_code)
) strict;

-- A wish to take an exam back from a cloud. One person proposes it, another one confirms it, and only then is it sent.
create table retraction (
  id text primary key,
  exam_id text not null references exam (id),
  destination_id text not null,
  reason text not null,
  proposed_by text not null,
  proposed_at integer not null,
  state text not null check (state in ('proposed','confirmed','withdrawn')),
  decided_by text,
  decided_at integer
) strict;
create index retraction_exam on retraction (exam_id);

-- What a cloud told us about an exam by its callback: 0 exam only, 1 report, 2 images, 3 both; value holds addresses and the
-- cloud's report id as JSON.
create table cloud_status (
  destination_id text not null,
  exam_id text not null references exam (id),
  status integer not null check (status between 0 and 3),
  value text not null,
  updated_at integer not null,
  primary key (destination_id, exam_id)
) strict;

-- Signatures of callbacks that were accepted: the same one again is a replay. Kept for a day.
create table callback_seen (
  signature text primary key,
  at integer not null
) strict;

-- A period whose exams were reported to a cloud for reconciliation (reconcilerangelog). The next one begins where the last
-- confirmed one ended. reason: ReconcileFailure as JSON, uploads/reconcile-sql.ts.
create table reconcile_run (
  id text primary key,
  destination_id text not null,
  start_at integer not null,
  end_at integer not null,
  exams integer not null,
  confirmed_at integer,
  reason text
) strict;
create index reconcile_run_destination on reconcile_run (destination_id, end_at);
`,
}
