-- Staff phones and what they have sent, paper sheets that are keyed in, the crowd as it was counted.

-- A link with a PIN opens only for phones that were enrolled with it. A supervisor's link has no stall.
alter table link add column role text not null default 'steward' check (role in ('steward', 'supervisor'));
alter table link add column pin text;
alter table link add column pin_misses bigint not null default 0;
alter table link add column code text;
create unique index link_by_code on link (org_id, code);

-- One row a phone and stall. `received` says which of the phone's numbers are in, `missing` what follows from it
-- and from what the phone said last.
create table device (
  org_id bigint not null,
  market_id text not null,
  link_id text not null,
  device_id text not null,
  stall_id text not null,
  role text not null check (role in ('steward', 'supervisor')),
  enrolled_at bigint,
  seen_at bigint not null,
  received text not null default '{"high":0,"gaps":[]}',
  high bigint not null default 0,
  gaps bigint not null default 0,
  unsent bigint not null default 0,
  missing bigint not null default 0,
  tray bigint not null default 0,
  clock_error bigint not null default 0,
  revoked_at bigint,
  primary key (org_id, market_id, link_id, device_id, stall_id),
  foreign key (org_id, link_id) references link (org_id, link_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- A paper sheet as it was keyed in, or the taking back of one. It counts from `counted_at` on.
create table paper_batch (
  org_id bigint not null,
  market_id text not null,
  batch_id text not null,
  stall_id text not null,
  takes_back text,
  counts text not null,
  total bigint not null,
  counted_by text not null,
  from_at bigint not null,
  to_at bigint not null,
  remark text not null,
  entered_by text not null,
  entered_at bigint not null,
  counted_at bigint,
  approved_by text,
  refused_at bigint,
  primary key (org_id, market_id, batch_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);

-- One look at the crowd: a gate for a while, a sample, one walk through a zone.
create table crowd_count (
  org_id bigint not null,
  market_id text not null,
  count_id text not null,
  method text not null check (method in ('gate', 'sample', 'walk')),
  place text not null,
  from_at bigint not null,
  to_at bigint not null,
  came bigint not null check (came >= 0),
  went bigint not null check (went >= 0),
  entered_by text not null,
  entered_at bigint not null,
  dropped_at bigint,
  primary key (org_id, market_id, count_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);
