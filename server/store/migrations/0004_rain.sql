-- Every switch between the two plans of a market, in order: who moved it, when, and what from.
create table plan_switch (
  org_id bigint not null,
  market_id text not null,
  n bigint not null,
  plan text not null check (plan in ('fair', 'rain')),
  cover text not null check (cover in ('rain', 'heat')),
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, n),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- What stood on a stall's sheet when it was printed last: only what has changed since is printed again.
create table printed (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  sheet text not null check (sheet in ('poster', 'place')),
  face text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, stall_id, sheet),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);

-- What was known of the weather and what was decided; rows are added, never changed.
create table weather_watch (
  org_id bigint not null,
  market_id text not null,
  n bigint not null,
  forecast text not null,
  decision text not null check (decision in ('wait', 'fair', 'rain', 'heat', 'off')),
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, n),
  foreign key (org_id, market_id) references market (org_id, market_id)
);
