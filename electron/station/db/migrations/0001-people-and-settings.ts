import type { Migration } from '../migration.ts'

export const peopleAndSettings: Migration = {
  name: '0001-people-and-settings',
  sql: `
-- A person who may log in. role: what they may do. password: scrypt parameters, salt and hash in one text.
-- failures and locked_until: five wrong passwords lock the account for a quarter of an hour.
create table account (
  id text primary key,
  username text not null unique collate nocase,
  display_name text not null,
  doctor_code text not null default '',
  role text not null check (role in ('registrar','technician','doctor','auditor','administrator')),
  password text not null,
  disabled integer not null default 0,
  failures integer not null default 0,
  locked_until integer not null default 0,
  created_at integer not null
) strict;

-- Somebody is logged in. Only the SHA-256 of the token is here: whoever reads the file cannot use it.
create table session (
  token_hash text primary key,
  account_id text not null references account (id),
  created_at integer not null,
  last_seen_at integer not null
) strict;

-- Who did what to which thing, and what changed. Rows are only added; each carries a hash over itself and the row before,
-- so that a row that was changed or taken out is found. autoincrement: SQLite remembers the highest id, so that the newest
-- rows cannot be taken out unseen either.
create table audit (
  id integer primary key autoincrement,
  at integer not null,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  details text not null,
  hash text not null
) strict;
create index audit_subject on audit (subject_kind, subject_id);

-- One row: the station's settings as JSON, without secrets.
create table station_settings (
  id integer primary key check (id = 1),
  value text not null
) strict;

-- A clinic that this station works for.
create table institution (
  id text primary key,
  value text not null
) strict;

-- A modality that may connect to the DICOM port.
create table device (
  id text primary key,
  ae_title text not null unique,
  value text not null
) strict;

-- A place where exams go. secrets: sealed JSON (see secret-box). paused: its own settings were refused, nothing is sent
-- until staff change them.
create table destination (
  id text primary key,
  kind text not null,
  value text not null,
  secrets blob,
  paused text,
  created_at integer not null
) strict;

-- Small things that must survive a restart, sealed: the provincial token and its daily count.
create table sealed_state (
  name text primary key,
  value blob not null
) strict;

-- Running numbers: 'accession/2026-11-21/DR' → the last one handed out.
create table running_number (
  scope text primary key,
  last integer not null
) strict;
`,
}
