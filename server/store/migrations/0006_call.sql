-- The call of a Saturday: what it wants, and how units answer.
create table call (
  org_id bigint not null,
  market_id text not null,
  intro text not null,
  rules text not null,
  deadline bigint not null,
  listed bigint not null check (listed in (0, 1)),
  policy text not null check (policy in ('free', 'booked', 'all')),
  primary key (org_id, market_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- `taken` counts who has been accepted: two acceptances of the last place meet in its check.
create table want (
  org_id bigint not null,
  market_id text not null,
  want_id text not null,
  title text not null,
  zone text not null,
  detail text not null,
  seats bigint not null,
  taken bigint not null check (taken >= 0),
  primary key (org_id, market_id, want_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- `detail` is the whole state; `state` and `living` follow from it, for looking up.
create table claim (
  org_id bigint not null,
  market_id text not null,
  claim_id text not null,
  unit_id text not null,
  way text not null check (way in ('bid', 'take', 'offer')),
  want_id text,
  stall_id text,
  pitch text not null,
  state text not null,
  living bigint not null check (living in (0, 1)),
  detail text not null,
  made_at bigint not null,
  changed_at bigint not null,
  primary key (org_id, market_id, claim_id),
  foreign key (org_id, market_id) references market (org_id, market_id),
  foreign key (org_id, unit_id) references unit (org_id, unit_id),
  foreign key (org_id, market_id, want_id) references want (org_id, market_id, want_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);
create index claim_by_unit on claim (org_id, unit_id, market_id);

-- A stall that a unit looks at is kept for it for some minutes; a later row takes over what has run out.
create table stall_hold (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  unit_id text not null,
  until bigint not null,
  primary key (org_id, market_id, stall_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);
