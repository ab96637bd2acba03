-- The day itself: what has to be in order before, cells of stalls, what went wrong, what everybody is told.

-- What a market has set for its safety; `card` is who leads and where people gather.
create table safety (
  org_id bigint not null,
  market_id text not null,
  attendance bigint,
  wind_stop bigint,
  heat_shade bigint,
  heat_stop bigint,
  card text not null,
  primary key (org_id, market_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- What a person has marked on the list before opening; what nobody has marked has no row.
create table preflight_mark (
  org_id bigint not null,
  market_id text not null,
  item text not null,
  mark text not null check (mark in ('done', 'exempt')),
  detail text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, item),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- A cell counts its stalls, so that two that are moved into its last place meet in the check. `link_id` opens its
-- checklist; another one takes its place when it went to the wrong people.
create table cell (
  org_id bigint not null,
  market_id text not null,
  cell_id text not null,
  no bigint not null,
  name text not null,
  lead_role text,
  lead_unit text,
  partners text not null,
  link_id text not null,
  stalls bigint not null check (stalls between 0 and 10),
  primary key (org_id, market_id, cell_id),
  unique (org_id, link_id),
  foreign key (org_id, market_id) references market (org_id, market_id),
  foreign key (org_id, lead_unit) references unit (org_id, unit_id)
);

-- A stall is in one cell: that is its key.
create table cell_stall (
  org_id bigint not null,
  market_id text not null,
  stall_id text not null,
  cell_id text not null,
  primary key (org_id, market_id, stall_id),
  foreign key (org_id, market_id, stall_id) references stall (org_id, market_id, stall_id),
  foreign key (org_id, market_id, cell_id) references cell (org_id, market_id, cell_id)
);

-- Every signature under an opening checklist, in order; rows are added, never changed.
create table cell_check (
  org_id bigint not null,
  market_id text not null,
  cell_id text not null,
  n bigint not null,
  answers text not null,
  signer text not null,
  stalls text not null,
  at bigint not null,
  primary key (org_id, market_id, cell_id, n),
  foreign key (org_id, market_id, cell_id) references cell (org_id, market_id, cell_id)
);

-- `detail` is the whole state; `state` and `due_on` follow from it, for looking up.
create table incident (
  org_id bigint not null,
  market_id text not null,
  incident_id text not null,
  kind text not null,
  spot text not null,
  severity text not null check (severity in ('minor', 'serious', 'grave')),
  words text not null,
  point text,
  happened_at bigint not null,
  written_at bigint not null,
  state text not null check (state in ('warned', 'handling', 'visit', 'settled')),
  detail text not null,
  due_on text,
  primary key (org_id, market_id, incident_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);
create index incident_by_state on incident (org_id, state);

create table announcement (
  org_id bigint not null,
  market_id text not null,
  announcement_id text not null,
  topic text not null,
  words text not null,
  from_at bigint not null,
  until_at bigint not null,
  account_id text not null,
  primary key (org_id, market_id, announcement_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- Every opening and closing in order, with what was still open then and why it went on.
create table stage_step (
  org_id bigint not null,
  market_id text not null,
  n bigint not null,
  stage text not null,
  warnings bigint not null,
  reason text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, n),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- Set when the market closes and the unit had not come; taken back only when the market opens again.
alter table entry add column absent_at bigint;

-- What was measured or forecast, in figures, beside the words.
alter table weather_watch add column wind bigint;
alter table weather_watch add column heat bigint;
