-- Chains that only this deployment can write: a link on every row of the ledger and of the audit trail, and a mark on
-- each head. Rows that were there before are linked once, when a program with the key opens the database.

alter table encounter add column link text;
alter table ledger_head add column link text not null default '';
alter table ledger_head add column mark text not null default '';

alter table audit add column seq bigint;
alter table audit add column link text;
create index audit_by_seq on audit (org_id, seq);

-- One row an organization: how many acts, the last link, the mark over both.
create table audit_head (
  org_id bigint not null primary key references organization (org_id),
  seq bigint not null,
  link text not null,
  mark text not null
);
