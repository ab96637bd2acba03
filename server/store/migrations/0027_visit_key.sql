-- One key tells both that nobody is counted twice at a stall and who is new to the market: it begins with the visitor.
-- The table of visitors, which said the latter with two trees more, goes.

create table ledger_row (
  org_id bigint not null,
  market_id text not null,
  seq bigint not null,
  encounter_id text not null,
  stall_id text not null,
  source text not null check (source in ('scan', 'staff', 'paper')),
  kind text not null check (kind in ('consult', 'handle', 'try', 'talk')),
  n bigint not null,
  confidence text not null check (confidence in ('normal', 'low')),
  labels text not null default '',
  nonce text not null,
  visitor text,
  poster_id text,
  device_id text,
  refers_to text,
  at bigint not null,
  arrived_at bigint not null,
  link text,
  primary key (org_id, market_id, seq),
  unique (org_id, market_id, encounter_id),
  unique (org_id, market_id, nonce),
  unique (org_id, market_id, visitor, stall_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);
insert into ledger_row (org_id, market_id, seq, encounter_id, stall_id, source, kind, n, confidence, labels, nonce, visitor,
    poster_id, device_id, refers_to, at, arrived_at, link)
  select org_id, market_id, seq, encounter_id, stall_id, source, kind, n, confidence, labels, nonce, visitor,
    poster_id, device_id, refers_to, at, arrived_at, link
  from encounter order by org_id, market_id, seq;
drop table encounter;
alter table ledger_row rename to encounter;
create index encounter_waiting on encounter (org_id, market_id, stall_id, at) where confidence = 'low';
drop table visitor;
