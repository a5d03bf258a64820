import type { Migration } from '../migration.ts'

export const outbox: Migration = {
  name: '0005-outbox',
  sql: `
-- One thing that one destination must be told. States and their ways: shared/models/outbox-task.ts.
-- step and subject say what; version says which content: new content is a new row, and the older one that is still waiting
-- is cancelled. scope: the exam, or what several exams share (an item's mapping). after: JSON [{step, subject}], what must be
-- delivered first ('*' all of that step). blocked_by: whose change unblocks it. result: what the receiving side answered.
create table outbox_task (
  id text primary key,
  seq integer not null unique,
  exam_id text not null references exam (id),
  destination_id text not null,
  step text not null,
  subject text not null,
  version text not null,
  scope text not null,
  after text not null,
  priority integer not null,
  state text not null check (state in ('waiting','sending','sent-unconfirmed','delivered','blocked','cancelled')),
  attempts integer not null default 0,
  next_attempt_at integer not null,
  deadline_at integer,
  blocked_by text check (blocked_by in ('exam','settings','unknown')),
  reason_code text,
  reason text,
  reason_in_english text,
  action text,
  action_in_english text,
  result text,
  created_at integer not null,
  updated_at integer not null,
  unique (destination_id, scope, step, subject, version)
) strict;
create index outbox_open on outbox_task (destination_id, state, next_attempt_at);
create index outbox_exam on outbox_task (exam_id);
`,
}
