import type { Migration } from '../migration.ts'

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

-- What a report said each time it was submitted: value is {findings, impression, advice, positive, critical, infectious} as JSON. number: 1, 2, 3… of that version; the
-- audit row of the step names it.
create table report_submitted (
  exam_id text not null references exam (id),
  version integer not null,
  number integer not null,
  value text not null,
  primary key (exam_id, version, number)
) strict;

-- How often a person registers an exam item; the desk offers what is registered most first.
create table item_use (
  username text not null,
  modality text not null,
  item_code text not null,
  item_name text not null,
  body_part text not null,
  times integer not null,
  last_at integer not null,
  primary key (username, modality, item_name)
) strict;
insert into item_use (username, modality, item_code, item_name, body_part, times, last_at)
  select coalesce(json_extract(value, '$.registeredBy'), ''), json_extract(value, '$.modality'), max(json_extract(value, '$.itemCode')),
    json_extract(value, '$.itemName'), coalesce(max(json_extract(value, '$.bodyPart')), ''), count(*), max(registered_at)
  from exam group by 1, 2, 4;
-- A returning person is looked for by name and by phone.
create index patient_returning_name on patient (name);
create index patient_returning_phone on patient (json_extract(value, '$.phone'));

-- A photo of a request slip (申请单); its file is slips/<id> in the data folder. removed_at: taken out with a reason, the file stays.
-- erased_at: an administrator deleted the file for good; the row stays.
create table request_slip (
  id text primary key,
  exam_id text not null references exam (id),
  media_type text not null,
  size_bytes integer not null,
  width integer not null,
  height integer not null,
  sha256 text not null,
  added_at integer not null,
  added_by text not null,
  removed_at integer,
  removed_by text,
  removed_reason text,
  erased_at integer
) strict;
create index request_slip_exam on request_slip (exam_id);

-- What the board shows of an exam and searches it by, gathered from the exam, its person, images, steps, reports and tasks, so that a
-- hundred thousand exams are found at once. It follows from them and can be made anew at any time: exams/board-facts.ts writes it, and
-- nothing is decided by it but what lists show. flags: bits of shared/models/board.ts. lamps: JSON, BoardLamp, without the dark ones.
-- report_doctor, audit_doctor: of the newest version that names them. deadline_at: the earliest of what is not delivered yet.
create table exam_fact (
  exam_id text primary key references exam (id),
  registered_at integer not null,
  accession_number text not null,
  state text not null,
  modality text not null,
  flags integer not null,
  report_doctor text not null,
  audit_doctor text not null,
  search text not null,
  item_code text not null,
  item_name text not null,
  image_count integer not null,
  series_count integer not null,
  examined_at integer,
  first_released_at integer,
  deadline_at integer,
  is_late integer not null,
  report text,
  lamps text not null
) strict;
-- A search reads this index alone: in the order of the board, and all that is asked by.
create index exam_fact_search on exam_fact (registered_at, accession_number, state, modality, flags, report_doctor, audit_doctor, search, deadline_at);
create index exam_fact_state on exam_fact (state, registered_at, accession_number, deadline_at);
-- Those whose hour runs, the earliest first: few, unless a cloud is down.
create index exam_fact_deadline on exam_fact (deadline_at, registered_at) where deadline_at is not null;

-- Exams of which something changed since their row of exam_fact was written: marked by the triggers below in the transaction of the change.
create table exam_fact_stale (
  exam_id text primary key
) strict;
insert into exam_fact_stale select id from exam;

create trigger stale_exam after insert on exam begin
  insert into exam_fact_stale values (new.id) on conflict do nothing;
end;
create trigger stale_exam_changed after update on exam begin
  insert into exam_fact_stale values (new.id) on conflict do nothing;
end;
create trigger stale_patient after update of search, patient_id on patient begin
  insert into exam_fact_stale select id from exam where patient_row_id = new.id on conflict do nothing;
end;
create trigger stale_instance after insert on instance begin
  insert into exam_fact_stale select exam_id from study_claim
    where study_instance_uid = new.study_instance_uid and exam_id is not null on conflict do nothing;
end;
create trigger stale_instance_moved after update of study_instance_uid on instance begin
  insert into exam_fact_stale select distinct exam_id from study_claim
    where study_instance_uid in (old.study_instance_uid, new.study_instance_uid) and exam_id is not null on conflict do nothing;
end;
create trigger stale_claim after insert on study_claim begin
  insert into exam_fact_stale select new.exam_id where new.exam_id is not null on conflict do nothing;
  insert into exam_fact_stale select exam_id from performed_step_exam
    where study_instance_uid = new.study_instance_uid and exam_id is not null on conflict do nothing;
end;
create trigger stale_claim_changed after update of exam_id on study_claim begin
  insert into exam_fact_stale select old.exam_id where old.exam_id is not null on conflict do nothing;
  insert into exam_fact_stale select new.exam_id where new.exam_id is not null on conflict do nothing;
  insert into exam_fact_stale select exam_id from performed_step_exam
    where study_instance_uid = new.study_instance_uid and exam_id is not null on conflict do nothing;
end;
create trigger stale_step_changed after update of state on performed_step begin
  insert into exam_fact_stale select exam_id from performed_step_exam
    where sop_instance_uid = new.sop_instance_uid and exam_id is not null on conflict do nothing;
  insert into exam_fact_stale select c.exam_id from performed_step_exam l join study_claim c on c.study_instance_uid = l.study_instance_uid
    where l.sop_instance_uid = new.sop_instance_uid and c.exam_id is not null on conflict do nothing;
end;
create trigger stale_step_link after insert on performed_step_exam begin
  insert into exam_fact_stale select exam_id from performed_step_exam
    where sop_instance_uid = new.sop_instance_uid and exam_id is not null on conflict do nothing;
  insert into exam_fact_stale select exam_id from study_claim
    where study_instance_uid = new.study_instance_uid and exam_id is not null on conflict do nothing;
end;
create trigger stale_step_unlink after delete on performed_step_exam begin
  insert into exam_fact_stale select old.exam_id where old.exam_id is not null on conflict do nothing;
  insert into exam_fact_stale select exam_id from performed_step_exam
    where sop_instance_uid = old.sop_instance_uid and exam_id is not null on conflict do nothing;
  insert into exam_fact_stale select exam_id from study_claim
    where study_instance_uid = old.study_instance_uid and exam_id is not null on conflict do nothing;
end;
create trigger stale_report after insert on report begin
  insert into exam_fact_stale values (new.exam_id) on conflict do nothing;
end;
create trigger stale_report_changed after update on report begin
  insert into exam_fact_stale values (new.exam_id) on conflict do nothing;
end;
create trigger stale_task after insert on outbox_task begin
  insert into exam_fact_stale values (new.exam_id) on conflict do nothing;
end;
create trigger stale_task_changed after update on outbox_task begin
  insert into exam_fact_stale values (old.exam_id) on conflict do nothing;
  insert into exam_fact_stale values (new.exam_id) on conflict do nothing;
end;

-- A card or report that was handed to a printer or to the print dialog. with_qr: null where the paper has none anyway.
create table print_made (
  id integer primary key,
  exam_id text not null references exam (id),
  kind text not null,
  at integer not null,
  by text not null,
  with_qr integer,
  copies integer not null,
  printer text not null
) strict;
create index print_made_exam on print_made (exam_id);

-- An exam whose last card went out without its QR; the row goes when one with QR was printed, or a person says that none is needed.
create table card_to_reprint (
  exam_id text primary key references exam (id),
  printed_at integer not null
) strict;

-- A picture on papers: owner 'logo' or 'account/<id>' (a signature). Rows stay, so that a released report keeps what it was released with.
-- picture: a PNG, sealed; null: it was removed then.
create table paper_ink (
  id integer primary key,
  owner text not null,
  at integer not null,
  by text not null,
  picture blob
) strict;
create index paper_ink_owner on paper_ink (owner, id);

-- How the paper of a released version looks since it was first made: JSON, a ReportLook.
create table report_look (
  exam_id text not null references exam (id),
  version integer not null,
  value text not null,
  primary key (exam_id, version)
) strict;

-- An image of somebody else that staff took out of the study that its bytes name: it stands in a study of its own (study_instance_uid), made
-- here, which finds its exam like any other. from_study_uid: where it was and what its bytes say. Put back, the row goes.
create table instance_apart (
  instance_id text primary key references instance (id),
  study_instance_uid text not null,
  from_study_uid text not null
) strict;
create index instance_apart_study on instance_apart (study_instance_uid);
`,
}
