import type { Migration } from '../migration.ts'

export const dicomSide: Migration = {
  name: '0007-dicom-side',
  sql: `
-- What a modality told by MPPS about one performed procedure step. value: JSON, exams/performed-steps.ts.
create table performed_step (
  sop_instance_uid text primary key,
  state text not null check (state in ('in-progress','completed','discontinued')),
  value text not null,
  received_at integer not null,
  updated_at integer not null
) strict;

-- What a performed step was done for: the study of one of its references ('' where it names none), and the exam that its identifiers
-- name and whose patient is the step's; null: the study is the device's own. A step may be done for several exams at once. Where images
-- of the study belong to another exam, the step is that one's: performed-step-sql.ts.
create table performed_step_exam (
  sop_instance_uid text not null references performed_step (sop_instance_uid),
  study_instance_uid text not null,
  exam_id text references exam (id)
) strict;
create unique index performed_step_exam_once on performed_step_exam (sop_instance_uid, study_instance_uid, ifnull(exam_id, ''));
create index performed_step_exam_exam on performed_step_exam (exam_id);
create index performed_step_exam_study on performed_step_exam (study_instance_uid);

-- A request for storage commitment. referenced: JSON [{sopClassUid, sopInstanceUid}]. The report goes to the device until it took it;
-- sent_at is set then. last_problem: BothWords as JSON. Before that next_attempt_at says when it is tried again, null: when the device comes or its settings change.
create table storage_commitment (
  id text primary key,
  transaction_uid text not null,
  calling_ae_title text not null,
  referenced text not null,
  requested_at integer not null,
  attempts integer not null default 0,
  next_attempt_at integer,
  last_problem text,
  sent_at integer,
  unique (calling_ae_title, transaction_uid)
) strict;
create index storage_commitment_due on storage_commitment (next_attempt_at) where sent_at is null;

-- One change of which exam a study belongs to: who, why, from where to where. together: the rows that were made at once (a merge of
-- several studies) carry the same. before: the claim as it stood, JSON, so that undoing restores it. is_correction: something of the
-- study had been sent for from_exam_id. undone_at: another row took it back. A merge of an exam without images has study ''.
create table study_move (
  id text primary key,
  kind text not null check (kind in ('attach','detach','move','merge','undo')),
  study_instance_uid text not null,
  from_exam_id text references exam (id),
  to_exam_id text references exam (id),
  actor text not null,
  reason text not null,
  reason_in_english text not null,
  at integer not null,
  undone_at integer,
  together text not null,
  before text not null,
  is_correction integer not null default 0
) strict;
create index study_move_study on study_move (study_instance_uid, at);
create index study_move_from on study_move (from_exam_id, at);
create index study_move_to on study_move (to_exam_id, at);
create index study_move_together on study_move (together);
create index exam_scheduled on exam (scheduled_at);

-- What must be put right at a destination, because images had been sent there for another exam (exam_id) than the one they belong to
-- (to_exam_id, or nobody's yet). retraction_id: the deletion that two people decide on; null where the destination has no recall: then
-- staff write a letter or ask the other side, and say so (done_at).
create table study_correction (
  id text primary key,
  study_instance_uid text not null,
  exam_id text not null references exam (id),
  to_exam_id text references exam (id),
  destination_id text not null,
  retraction_id text references retraction (id),
  reason text not null,
  made_by text not null,
  made_at integer not null,
  done_by text,
  done_at integer
) strict;
-- then_tell_again: a correction; what remains of the exam is told again once it is deleted.
alter table retraction add column then_tell_again integer not null default 0;
create index study_correction_exam on study_correction (exam_id);
create index study_correction_study on study_correction (study_instance_uid);

-- Text of a device that its own declaration makes unreadable and another character set makes Chinese. One row a device and a
-- declaration; samples: JSON. decided: what staff said.
create table character_set_finding (
  calling_ae_title text not null,
  declared text not null,
  read_as text not null,
  images integer not null,
  confidence real not null,
  samples text not null,
  updated_at integer not null,
  decided text check (decided in ('accepted','dismissed')),
  primary key (calling_ae_title, declared)
) strict;

-- A device whose stored headers are being read again, because its text is read in another character set now. after_position: the rowid
-- of the version that was read last. The row goes when all are read.
create table header_reading (
  calling_ae_title text primary key,
  after_position integer not null,
  actor text not null,
  requested_at integer not null
) strict;

-- What studies are asked for by (C-FIND, QIDO-RS), taken out of the header so that it can be indexed. study_at: 'YYYY-MM-DD HH:mm:ss' or ''.
-- name_…: the groups of the name in lower case without '^' and blanks, as people type the beginning of a name.
alter table study add column study_at text generated always as (json_extract(header, '$.studyDateTime')) virtual;
alter table study add column patient_id text generated always as (json_extract(header, '$.patientId')) virtual;
alter table study add column accession_number text generated always as (json_extract(header, '$.accessionNumber')) virtual;
alter table study add column name_groups text generated always as
  (lower(replace(replace(json_extract(header, '$.patientName'), '^', ''), ' ', '')) || '===') virtual;
alter table study add column name_later_groups text generated always as (substr(name_groups, instr(name_groups, '=') + 1)) virtual;
alter table study add column name_last_group text generated always as (substr(name_later_groups, instr(name_later_groups, '=') + 1)) virtual;
alter table study add column name_alphabetic text generated always as (substr(name_groups, 1, instr(name_groups, '=') - 1)) virtual;
alter table study add column name_ideographic text generated always as (substr(name_later_groups, 1, instr(name_later_groups, '=') - 1)) virtual;
alter table study add column name_phonetic text generated always as (substr(name_last_group, 1, instr(name_last_group, '=') - 1)) virtual;
create index study_by_time on study (study_at, study_instance_uid);
create index study_by_patient_id on study (patient_id);
create index study_by_accession_number on study (accession_number);
create index study_by_name_alphabetic on study (name_alphabetic);
create index study_by_name_ideographic on study (name_ideographic);
create index study_by_name_phonetic on study (name_phonetic);
create index instance_of_series on instance (series_instance_uid);
create index version_of_sop_class on version (json_extract(header, '$.sopClassUid'), transfer_syntax_uid);

-- The same table with more kinds. incomplete: a device sent an object that ends before its end; it is kept as it came, and the alarm is
-- cleared when staff choose a version. damaged: a stored file is not as it was received.
create table archive_alarm_of_more_kinds (
  id integer primary key,
  kind text not null check (kind in ('file-missing','other-bytes','incomplete','damaged')),
  subject text not null,
  problem text not null,
  raised_at integer not null,
  cleared_at integer
) strict;
insert into archive_alarm_of_more_kinds select id, kind, subject, problem, raised_at, cleared_at from archive_alarm;
drop table archive_alarm;
alter table archive_alarm_of_more_kinds rename to archive_alarm;
create unique index open_alarm on archive_alarm (kind, subject) where cleared_at is null;

-- A study holds, or once held, an object of this modality: narrows questions by ModalitiesInStudy. Never looked at for an answer.
create table modality_of_study (
  modality text not null,
  study_instance_uid text not null,
  primary key (modality, study_instance_uid)
) strict;
insert or ignore into modality_of_study
  select coalesce(json_extract(version.header, '$.modality'), ''), study_instance_uid
  from version join instance on instance.id = version.instance_id;
create trigger modality_of_study_by_version after insert on version begin
  insert or ignore into modality_of_study
    select coalesce(json_extract(new.header, '$.modality'), ''), study_instance_uid from instance where id = new.instance_id;
end;
`,
}
