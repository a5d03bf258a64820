import type { Migration } from '../migration.ts'

export const exams: Migration = {
  name: '0003-exams',
  sql: `
-- A person as registered here. patient_id goes out as PatientID (0010,0020). The identity number is sealed;
-- identity_fingerprint is a keyed digest of it, to recognise a returning patient.
-- value: the other fields as JSON. search: name, pinyin and its initials, phone, in lower case, for the search box.
create table patient (
  id text primary key,
  patient_id text not null unique,
  name text not null,
  birth_date text not null,
  sex text not null,
  identity_sealed blob,
  identity_fingerprint text,
  search text not null,
  value text not null,
  created_at integer not null
) strict;
create index patient_identity on patient (identity_fingerprint);

-- An exam (检查) as registered. value: its fields as JSON. cancelled: JSON {at, by, reason} once it was.
create table exam (
  id text primary key,
  accession_number text not null unique,
  study_instance_uid text not null unique,
  patient_row_id text not null references patient (id),
  institution_id text not null references institution (id),
  registered_at integer not null,
  scheduled_at integer not null,
  value text not null,
  cancelled text
) strict;
create index exam_registered on exam (registered_at);
create index exam_patient on exam (patient_row_id);

-- A study that was received, and the exam it belongs to. Without an exam it is in the tray, and reason says why.
-- settled_at: nothing new came for the settle time; an image that comes later empties it again.
create table study_claim (
  study_instance_uid text primary key,
  exam_id text references exam (id),
  attached_by text not null default '',
  reason text not null default '',
  reason_in_english text not null default '',
  received_at integer not null,
  last_instance_at integer not null,
  settled_at integer
) strict;
create index study_claim_exam on study_claim (exam_id);
create index study_claim_unsettled on study_claim (last_instance_at) where settled_at is null;
`,
}
