-- The last run of what an operator wants to know of: retention by organization; proofs and backups of the whole
-- installation, for which organization 0 stands.

create table chore_run (
  org_id bigint not null,
  task text not null check (task in ('retention', 'verify', 'backup')),
  at bigint not null,
  found text not null,
  primary key (org_id, task)
);
