-- The house. Every key begins with the organization; ids and times come from the program.
-- Columns are text, bigint and double precision, so that one text serves SQLite and PostgreSQL.

create table organization (
  org_id bigint not null primary key,
  name text not null,
  district text not null,
  created_at bigint not null
);

create table account (
  org_id bigint not null references organization (org_id),
  account_id text not null,
  login text not null,
  role text not null check (role in ('organizer', 'committee')),
  password_hash text not null,
  disabled_at bigint,
  created_at bigint not null,
  primary key (org_id, account_id),
  unique (org_id, login)
);

-- Session ids carry the organization in their first three bytes.
create table session (
  org_id bigint not null,
  session_id text not null,
  account_id text not null,
  data text not null,
  expires_at bigint not null,
  primary key (org_id, session_id)
);

create table ground (
  org_id bigint not null references organization (org_id),
  ground_id text not null,
  title text not null,
  body text not null,
  primary key (org_id, ground_id)
);

create table market (
  org_id bigint not null references organization (org_id),
  market_id text not null,
  ordinal bigint not null,
  name text not null,
  theme text not null,
  tagline text not null,
  held_on text not null,
  opens_at bigint not null,
  closes_at bigint not null,
  time_zone text not null,
  stage text not null check (stage in ('draft', 'calling', 'open', 'closed', 'filed')),
  plan text not null check (plan in ('fair', 'rain')),
  weather text not null,
  ground_id text not null,
  host text not null,
  organizer text not null,
  participants text not null,
  zones text not null,
  day_key text,
  primary key (org_id, market_id),
  foreign key (org_id, ground_id) references ground (org_id, ground_id)
);
create index market_by_day on market (org_id, held_on);

-- Signed links for staff, screens, units and the first account.
create table link (
  org_id bigint not null references organization (org_id),
  link_id text not null,
  purpose text not null check (purpose in ('staff', 'screen', 'unit', 'setup')),
  market_id text,
  stall_id text,
  unit_id text,
  expires_at bigint not null,
  used_at bigint,
  revoked_at bigint,
  created_at bigint not null,
  primary key (org_id, link_id)
);
create index link_by_market on link (org_id, market_id);

-- A stall's identity: never reused, kept when its number or its place changes.
create table stall (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  no text not null,
  zone text not null,
  withdrawn_at bigint,
  primary key (org_id, market_id, stall_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- Where the stalls stand, one document a plan, and every change to it.
create table layout (
  org_id bigint not null,
  market_id text not null,
  plan text not null check (plan in ('fair', 'rain')),
  revision bigint not null,
  body text not null,
  primary key (org_id, market_id, plan),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

create table layout_change (
  org_id bigint not null,
  market_id text not null,
  plan text not null,
  revision bigint not null,
  diff text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, plan, revision)
);

create table unit (
  org_id bigint not null references organization (org_id),
  unit_id text not null,
  name text not null,
  kind text not null,
  contact_role text not null,
  services text not null,
  created_at bigint not null,
  primary key (org_id, unit_id),
  unique (org_id, name)
);

create table entry (
  org_id bigint not null,
  market_id text not null,
  entry_id text not null,
  unit_id text,
  name text not null,
  zone text not null,
  services text not null,
  needs text not null,
  wishes text not null,
  way text not null check (way in ('bid', 'take', 'offer')),
  arrived_at bigint,
  primary key (org_id, market_id, entry_id),
  foreign key (org_id, market_id) references market (org_id, market_id),
  foreign key (org_id, unit_id) references unit (org_id, unit_id)
);

-- Two takers of one stall meet in the primary key, two stalls of one entry in the unique one.
create table assignment (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  entry_id text not null,
  pinned bigint not null check (pinned in (0, 1)),
  reason text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, stall_id),
  unique (org_id, market_id, entry_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id),
  foreign key (org_id, market_id, entry_id) references entry (org_id, market_id, entry_id)
);

create table poster (
  org_id bigint not null,
  poster_id text not null,
  market_id text not null,
  stall_id text not null,
  revision bigint not null,
  state text not null check (state in ('active', 'replaced', 'revoked')),
  made_at bigint not null,
  revoked_at bigint,
  primary key (org_id, poster_id),
  unique (org_id, market_id, stall_id, revision),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);

-- The ledger: rows are added, never changed. `seq` is the order of commits within a market.
create table encounter (
  org_id bigint not null,
  market_id text not null,
  seq bigint not null,
  encounter_id text not null,
  stall_id text not null,
  source text not null check (source in ('scan', 'staff', 'paper')),
  kind text not null check (kind in ('consult', 'handle', 'try', 'talk')),
  n bigint not null,
  confidence text not null check (confidence in ('normal', 'low')),
  nonce text not null,
  visitor text,
  poster_id text,
  device_id text,
  refers_to text,
  at bigint not null,
  arrived_at bigint not null,
  primary key (org_id, market_id, seq),
  unique (org_id, market_id, encounter_id),
  unique (org_id, market_id, nonce),
  unique (org_id, market_id, stall_id, visitor),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id)
);

-- Added to in the transaction that appends, so that a screen costs the same at any size of the ledger.
create table tally (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  source text not null,
  kind text not null,
  confidence text not null,
  bucket bigint not null,
  n bigint not null,
  late bigint not null,
  primary key (org_id, market_id, stall_id, source, kind, confidence, bucket)
);

-- One row a market: how many ledger rows, which version of the counts, how many different visitors.
create table ledger_head (
  org_id bigint not null,
  market_id text not null,
  seq bigint not null,
  version bigint not null,
  visitors bigint not null,
  primary key (org_id, market_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

create table visitor (
  org_id bigint not null,
  market_id text not null,
  visitor text not null,
  primary key (org_id, market_id, visitor)
);

-- `detail` is the whole state; `settled`, `confirmed_at` and `due_at` follow from it, for counting.
create table appeal (
  org_id bigint not null,
  appeal_id text not null,
  code text not null,
  market_id text not null,
  stall_id text,
  channel text not null check (channel in ('scan', 'staff', 'paper')),
  category text not null,
  words text not null,
  contact text,
  state text not null,
  detail text not null,
  settled text check (settled in ('spot', 'later')),
  confirmed_at bigint,
  nonce text not null,
  raised_at bigint not null,
  due_at bigint,
  changed_at bigint not null,
  primary key (org_id, appeal_id),
  unique (org_id, code),
  unique (org_id, nonce),
  foreign key (org_id, market_id) references market (org_id, market_id)
);
create index appeal_by_market on appeal (org_id, market_id, raised_at);

-- Every step of an appeal, in order; rows are added, never changed.
create table appeal_step (
  org_id bigint not null,
  appeal_id text not null,
  step bigint not null,
  verb text not null,
  actor text not null,
  detail text not null,
  at bigint not null,
  primary key (org_id, appeal_id, step),
  foreign key (org_id, appeal_id) references appeal (org_id, appeal_id)
);

create table bulletin (
  org_id bigint not null,
  market_id text not null,
  body text not null,
  figures text not null,
  ledger_seq bigint not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- Who did what, when, to what; rows are added, never changed.
create table audit (
  org_id bigint not null,
  audit_id text not null,
  at bigint not null,
  actor text not null,
  verb text not null,
  object text not null,
  detail text not null,
  primary key (org_id, audit_id)
);
create index audit_by_time on audit (org_id, at);
