-- Grounds are drawn and changed: every revision stays, and a market that is over keeps the one it was held on.

alter table ground add column revision bigint not null default 1;

-- What a ground was at each revision, and the change that led to it.
create table ground_revision (
  org_id bigint not null,
  ground_id text not null,
  revision bigint not null,
  body text not null,
  diff text,
  account_id text,
  at bigint not null,
  primary key (org_id, ground_id, revision),
  foreign key (org_id, ground_id) references ground (org_id, ground_id)
);

-- Null: follows its ground. A number: was over before the ground changed and keeps what it was held on.
alter table market add column ground_revision bigint;
create index market_by_ground on market (org_id, ground_id);

-- Photos under grounds, made anew by us from what came in; base64, because that is a column of both engines.
create table photo (
  org_id bigint not null references organization (org_id),
  hash text not null,
  kind text not null check (kind in ('image/jpeg', 'image/png')),
  w bigint not null,
  h bigint not null,
  body text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, hash)
);
