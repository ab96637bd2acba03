-- A unit is put aside (归档) with its reason and comes back; a step of vetting that was a slip is taken back, and stays told.

alter table unit add column archived_at bigint;
alter table unit add column archived_why text not null default '';
alter table vetting_step add column undone_at bigint;
alter table vetting_step add column undone_by text;
