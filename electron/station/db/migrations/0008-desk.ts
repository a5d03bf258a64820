import type { Migration } from '../migrate.ts'

export const desk: Migration = {
  name: '0008-desk',
  sql: `
-- must_change_password: somebody else chose the password; nothing but changing it is allowed before.
alter table account add column must_change_password integer not null default 0;

-- A backup that was made, read back and found right. place: the folder that holds it.
create table backup_made (
  at integer not null,
  place text not null,
  database_bytes integer not null,
  files integer not null,
  file_bytes integer not null
) strict;

-- Filters of the board that a person keeps: JSON, an array of SavedFilter.
create table board_filters (
  username text primary key,
  value text not null
) strict;

-- The pictures of one version of a report, chosen together. A version without a row has those of the version before it.
create table key_image_set (
  exam_id text not null references exam (id),
  version integer not null,
  saved_at integer not null,
  saved_by text not null,
  primary key (exam_id, version)
) strict;

-- One picture of a set. frame: from 1. picture: the JPEG that the doctor's screen showed, null where the station drew the frame.
-- paper: the JPEG that documents print, made when the set was saved: a released report keeps it whatever becomes of the image.
create table key_image (
  exam_id text not null,
  version integer not null,
  position integer not null,
  instance_id text not null,
  frame integer not null,
  caption text not null,
  window_center real,
  window_width real,
  picture blob,
  paper blob not null,
  paper_width integer not null,
  paper_height integer not null,
  primary key (exam_id, version, position),
  foreign key (exam_id, version) references key_image_set (exam_id, version)
) strict;

-- A text to begin a report with. owner: who made it, '' for those that came with the program. is_shared: 1 for everybody, 0 for its owner.
-- value: the other fields as JSON (TemplateInput).
create table report_template (
  id text primary key,
  owner text not null,
  is_shared integer not null,
  folder text not null,
  name text not null,
  value text not null,
  created_at integer not null
) strict;

-- What a person has to do with a template: it is a favourite, and how often it was used.
create table template_mark (
  username text not null,
  template_id text not null references report_template (id) on delete cascade,
  is_favourite integer not null default 0,
  uses integer not null default 0,
  primary key (username, template_id)
) strict;

-- A sentence that is put in at the caret; owner and is_shared as of templates.
create table report_phrase (
  id text primary key,
  owner text not null,
  is_shared integer not null,
  text text not null,
  created_at integer not null
) strict;

-- Texts that came with the program and were brought in, by the name of the set: once, so that what staff deleted stays away.
create table brought_in (
  name text primary key,
  at integer not null
) strict;

-- What a person typed into an exam's report and did not save, at one desk (session: a digest of the login). value: UnsavedReport as JSON.
create table report_unsaved (
  exam_id text not null references exam (id),
  username text not null,
  session text not null,
  kept_at integer not null,
  value text not null,
  primary key (exam_id, username, session)
) strict;

-- A critical finding was told to somebody (危急值通知). value: CriticalNotice as JSON. Rows are only added.
create table critical_notice (
  id text primary key,
  exam_id text not null references exam (id),
  version integer not null,
  told_at integer not null,
  value text not null
) strict;
create index critical_notice_exam on critical_notice (exam_id);

-- What a report said each time it was submitted: value is {findings, impression, advice} as JSON.
create table report_submitted (
  exam_id text not null references exam (id),
  version integer not null,
  at integer not null,
  value text not null,
  primary key (exam_id, version, at)
) strict;

-- The pictures of one version of a report, chosen together. A version without a row has those of the version before it.
create table key_image_set (
  exam_id text not null references exam (id),
  version integer not null,
  saved_at integer not null,
  saved_by text not null,
  primary key (exam_id, version)
) strict;

-- One picture of a set. frame: from 1. picture: the JPEG that the doctor's screen showed, null where the station drew the frame.
-- paper: the JPEG that documents print, made when the set was saved: a released report keeps it whatever becomes of the image.
create table key_image (
  exam_id text not null,
  version integer not null,
  position integer not null,
  instance_id text not null,
  frame integer not null,
  caption text not null,
  window_center real,
  window_width real,
  picture blob,
  paper blob not null,
  paper_width integer not null,
  paper_height integer not null,
  primary key (exam_id, version, position),
  foreign key (exam_id, version) references key_image_set (exam_id, version)
) strict;
`,
}
