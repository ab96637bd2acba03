-- The desk of appeals: who answers for what and where, texts for answers, public copies, paper slips, photos, machines.

-- Grids (网格) and who receives what comes from each: a role, with its unit where it has one.
create table grid (
  org_id bigint not null references organization (org_id),
  grid_id text not null,
  name text not null,
  covers text not null,
  at bigint not null,
  retired_at bigint,
  primary key (org_id, grid_id)
);
create table grid_receiver (
  org_id bigint not null,
  grid_id text not null,
  role text not null,
  unit_id text,
  at bigint not null,
  primary key (org_id, grid_id, role),
  foreign key (org_id, grid_id) references grid (org_id, grid_id)
);

-- Which unit answers for which kind in which grid; an empty text stands for every one. `helpers` is a list of units.
create table duty (
  org_id bigint not null references organization (org_id),
  category text not null,
  grid_id text not null,
  lead_id text not null,
  helpers text not null,
  at bigint not null,
  primary key (org_id, category, grid_id)
);

-- Texts for answers; an empty category is every one.
create table appeal_template (
  org_id bigint not null references organization (org_id),
  template_id text not null,
  category text not null,
  verb text not null,
  title text not null,
  body text not null,
  at bigint not null,
  primary key (org_id, template_id)
);

-- Public copies: versions are added, never changed; the latest counts.
create table appeal_public (
  org_id bigint not null,
  appeal_id text not null,
  revision bigint not null,
  body text not null,
  shown bigint not null check (shown in (0, 1)),
  account_id text not null,
  at bigint not null,
  primary key (org_id, appeal_id, revision),
  foreign key (org_id, appeal_id) references appeal (org_id, appeal_id)
);

-- Codes that are printed before there is an appeal behind them.
create table paper_slip (
  org_id bigint not null,
  code text not null,
  market_id text not null,
  made_at bigint not null,
  used_at bigint,
  primary key (org_id, code),
  foreign key (org_id, market_id) references market (org_id, market_id)
);
create index paper_slip_by_market on paper_slip (org_id, market_id, made_at);

-- Programs that may raise appeals (Open311); the key itself is signed, not kept.
create table open_key (
  org_id bigint not null references organization (org_id),
  key_id text not null,
  name text not null,
  account_id text not null,
  made_at bigint not null,
  revoked_at bigint,
  primary key (org_id, key_id)
);

-- Photos of an appeal, each made anew from what came in; for whoever handles it and whoever raised it.
create table appeal_photo (
  org_id bigint not null,
  appeal_id text not null,
  n bigint not null check (n between 1 and 3),
  hash text not null,
  kind text not null,
  w bigint not null,
  h bigint not null,
  body text not null,
  at bigint not null,
  primary key (org_id, appeal_id, n),
  foreign key (org_id, appeal_id) references appeal (org_id, appeal_id)
);
