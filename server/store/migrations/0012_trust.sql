-- Honest counting: what was noted beside a row, how fast a stall serves, what a person decided of rows that waited.

alter table encounter add column labels text not null default '';
update encounter set labels = 'no_cookie' where confidence = 'low';
create index encounter_waiting on encounter (org_id, market_id, stall_id, at) where confidence = 'low';

-- `minutes` and `hands` are null where a stall has no bound; `code` says whether its page asks for the stall's code.
create table stall_pace (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  minutes bigint check (minutes > 0),
  hands bigint check (hands > 0),
  code bigint not null check (code in (0, 1)),
  primary key (org_id, market_id, stall_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);

-- One decision about one group. While `settled_at` is null it waits for a second person and the ledger knows nothing
-- of it.
create table review (
  org_id bigint not null,
  market_id text not null,
  review_id text not null,
  stall_id text not null,
  from_at bigint not null,
  labels text not null,
  verdict text not null check (verdict in ('accept', 'reject')),
  n bigint not null,
  reason text not null,
  entered_by text not null,
  entered_at bigint not null,
  settled_by text,
  settled_at bigint,
  primary key (org_id, market_id, review_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);
create unique index review_open on review (org_id, market_id, stall_id, from_at, labels) where settled_at is null;
