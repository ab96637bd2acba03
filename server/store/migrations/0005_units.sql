-- Units grown up: what they say of themselves in public, which papers they hold, how far vetting is.

alter table unit add column card text not null default '{}';
alter table unit add column credentials text not null default '[]';
-- `standing` follows from `vetting_state`, the whole state; it is what an entry's insertion asks for.
alter table unit add column standing text not null default 'candidate'
  check (standing in ('candidate', 'vetted', 'refused', 'delisted', 'appealed', 'upheld', 'readmitted'));
alter table unit add column vetting_state text not null default '{"state":"candidate"}';

-- Every step of vetting, in order; rows are added, never changed.
create table vetting_step (
  org_id bigint not null,
  unit_id text not null,
  step bigint not null,
  verb text not null check (verb in ('vet', 'refuse', 'delist', 'appeal', 'readmit', 'uphold')),
  detail text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, unit_id, step),
  foreign key (org_id, unit_id) references unit (org_id, unit_id)
);

-- What organizers tell each other of a unit; nobody else reads it.
create table unit_note (
  org_id bigint not null,
  unit_id text not null,
  note_id text not null,
  words text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, unit_id, note_id),
  foreign key (org_id, unit_id) references unit (org_id, unit_id)
);

-- A unit's Saturdays are found by the unit.
create index entry_by_unit on entry (org_id, unit_id);
