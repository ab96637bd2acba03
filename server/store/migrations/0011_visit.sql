-- What a stall can have besides its tap: a queue with numbers, a quiz with a reward, a card with stamps.

-- The queue of a stall. `given` is the last number, `place` the last place in the line, `steps` what staff did.
create table queue (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  state text not null check (state in ('open', 'closed', 'off')),
  capacity bigint not null check (capacity > 0),
  minutes bigint check (minutes > 0),
  given bigint not null,
  place bigint not null,
  steps bigint not null,
  called_at bigint,
  primary key (org_id, market_id, stall_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);

-- `detail` is the whole state, `state` and `place` follow from it. `holder` is the day's visitor tag while the
-- number lives: one living number a phone and stall.
create table queue_number (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  number bigint not null,
  code text not null,
  state text not null check (state in ('waiting', 'called', 'served', 'lapsed', 'given_up')),
  place bigint,
  detail text not null,
  holder text,
  nonce text not null,
  taken_at bigint not null,
  changed_at bigint not null,
  primary key (org_id, market_id, stall_id, number),
  unique (org_id, market_id, stall_id, code),
  unique (org_id, market_id, stall_id, nonce),
  unique (org_id, market_id, stall_id, holder),
  foreign key (org_id, market_id, stall_id) references queue (org_id, market_id, stall_id)
);

-- Who asked for a number when there were no more, once each.
create table turned_away (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  who text not null,
  at bigint not null,
  primary key (org_id, market_id, stall_id, who),
  foreign key (org_id, market_id, stall_id) references queue (org_id, market_id, stall_id)
);

-- The bank of questions; one that was taken out stays for those who have it before them.
create table quiz_question (
  org_id bigint not null references organization (org_id),
  question_id text not null,
  question text not null,
  options text not null,
  answer bigint not null check (answer >= 0),
  why text not null,
  account_id text not null,
  at bigint not null,
  retired_at bigint,
  primary key (org_id, question_id)
);

-- What a market gives, and where: for answers or for stamps. `given` never exceeds `most`.
create table reward (
  org_id bigint not null,
  market_id text not null,
  kind text not null check (kind in ('quiz', 'stamps')),
  stall_id text not null,
  prize text not null,
  needs bigint not null check (needs > 0),
  most bigint not null check (most >= 0),
  given bigint not null check (given >= 0),
  is_on bigint not null check (is_on in (0, 1)),
  primary key (org_id, market_id, kind),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);

-- A slip that staff redeem once. `holder` is the day's visitor tag: one a phone, kind and market.
create table pass (
  org_id bigint not null,
  code text not null,
  market_id text not null,
  kind text not null,
  holder text,
  nonce text not null,
  made_at bigint not null,
  redeemed_at bigint,
  link_id text,
  primary key (org_id, code),
  unique (org_id, market_id, kind, holder),
  unique (org_id, market_id, kind, nonce),
  foreign key (org_id, market_id, kind) references reward (org_id, market_id, kind)
);
