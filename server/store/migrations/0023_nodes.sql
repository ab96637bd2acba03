-- What several nodes of one installation have in common. Organization 0 stands for the installation as a whole.

-- A text that follows from the master key: a node with another key is refused when it starts.
create table installation (
  org_id bigint not null primary key,
  key_check text not null,
  made_at bigint not null
);

-- Who does a task in the background, and until when nobody else does.
create table lease (
  org_id bigint not null,
  task text not null,
  holder text not null,
  until_at bigint not null,
  primary key (org_id, task)
);

-- Tries that are bounded on all nodes together, by the minute.
create table attempt (
  org_id bigint not null,
  kind text not null check (kind in ('login', 'code')),
  subject text not null,
  bucket bigint not null,
  n bigint not null,
  primary key (org_id, kind, subject, bucket)
);

-- Who has which map open, whichever node their browser talks to.
create table seat (
  org_id bigint not null,
  market_id text not null,
  plan text not null check (plan in ('fair', 'rain')),
  seat_id text not null,
  name text not null,
  selected text not null,
  since_at bigint not null,
  seen_at bigint not null,
  primary key (org_id, market_id, plan, seat_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);
