import type { Migration } from '../migration.ts'

export const archive: Migration = {
  name: '0002-archive',
  sql: `
-- A study that came in, as its first instance describes it. header: StudyHeader as JSON, decoded for people; the files are the truth.
create table study (
  study_instance_uid text primary key,
  header text not null,
  first_received_at integer not null,
  last_received_at integer not null
) strict;

-- A SOP instance. It may have come in several versions (the same UID with other bytes): all are kept, one is current.
-- position: series number, series UID and instance number as the order in which people leaf through a study.
create table instance (
  id text primary key,
  sop_instance_uid text not null unique,
  study_instance_uid text not null references study (study_instance_uid),
  series_instance_uid text not null,
  series_number integer,
  instance_number integer,
  current_version_id text not null
) strict;
create index instance_of_study on instance (study_instance_uid, series_number, series_instance_uid, instance_number);

-- One set of bytes as received: a file in store/. crc32: of the data set without the file's own meta information, which is ours.
-- file: the path below the archive's folder, made of the day and this id. header: what the data set says about itself, as JSON.
-- conflict: it says the same SOPInstanceUID as the current version and has other bytes; staff decide.
create table version (
  id text primary key,
  instance_id text not null references instance (id),
  crc32 integer not null,
  size_bytes integer not null,
  transfer_syntax_uid text not null,
  file text not null unique,
  data_set_offset integer not null,
  calling_ae_title text not null,
  received_at integer not null,
  header text not null,
  conflict integer not null default 0
) strict;
create index version_of_instance on version (instance_id, received_at);

-- Bytes that came and could not become an instance. The file stays until staff have looked: nothing is lost. problem: code and what
-- fills its words, JSON.
create table quarantine (
  id text primary key,
  file text not null,
  status integer not null,
  problem text not null,
  calling_ae_title text not null,
  sop_instance_uid text not null,
  size_bytes integer not null,
  quarantined_at integer not null
) strict;

-- Something about the stored files that staff must know: a row whose file is gone, bytes that contradict each other.
-- problem: code and what fills its words, JSON. Cleared when it is right again; the row stays as history.
create table archive_alarm (
  id integer primary key,
  kind text not null check (kind in ('file-missing','other-bytes')),
  subject text not null,
  problem text not null,
  raised_at integer not null,
  cleared_at integer
) strict;
create unique index open_alarm on archive_alarm (kind, subject) where cleared_at is null;
`,
}
