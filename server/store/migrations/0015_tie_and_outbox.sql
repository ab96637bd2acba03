-- Between which units visitors go, so that they stand near each other. The first id is the lesser one.
create table unit_tie (
  org_id bigint not null,
  unit_id text not null,
  other_id text not null,
  flow text not null check (flow in ('some', 'many', 'most')),
  primary key (org_id, unit_id, other_id),
  foreign key (org_id, unit_id) references unit (org_id, unit_id),
  foreign key (org_id, other_id) references unit (org_id, unit_id)
);

-- Where an organization's messages go. `turn` counts how often its signing key was renewed; the key itself follows
-- from the master key and is kept nowhere.
create table webhook (
  org_id bigint not null primary key,
  url text not null,
  turn bigint not null check (turn > 0),
  account_id text not null,
  at bigint not null
);

-- Messages on their way out, each written in the transaction of what it tells of. A worker takes one by moving
-- `next_at` ahead, so that two workers never have the same one; an answer settles it.
create table outbox (
  org_id bigint not null,
  message_id text not null,
  kind text not null,
  body text not null,
  state text not null check (state in ('waiting', 'sent', 'failed')),
  made_at bigint not null,
  tries bigint not null,
  next_at bigint not null,
  ended_at bigint,
  status bigint,
  fault text not null,
  primary key (org_id, message_id)
);
create index outbox_due on outbox (org_id, state, next_at);
