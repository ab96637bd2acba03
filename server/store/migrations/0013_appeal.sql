-- Appeals that close: what goes on beside the state, and which units have to do with it.

-- `care` is helpers, pauses and watching as one value; `unit_id` is the unit that has it now or
-- that settled it; `merged_into` is the code as which it goes on.
alter table appeal add column care text not null default '{}';
alter table appeal add column unit_id text;
alter table appeal add column merged_into text;
create index appeal_by_merging on appeal (org_id, merged_into);
create index appeal_by_unit on appeal (org_id, unit_id);

-- Units that help, so that each finds what it helps with.
create table appeal_helper (
  org_id bigint not null,
  unit_id text not null,
  appeal_id text not null,
  primary key (org_id, unit_id, appeal_id),
  foreign key (org_id, appeal_id) references appeal (org_id, appeal_id)
);
