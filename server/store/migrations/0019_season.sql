-- After the Saturday: pictures beside a bulletin, what people lacked as suggestions for the next call, campaigns over
-- several Saturdays, and which neighbourhoods a ground serves.

-- Pictures are optional and stand beside the text, never in it; each was made anew from what came in.
create table bulletin_photo (
  org_id bigint not null,
  market_id text not null,
  hash text not null,
  n bigint not null,
  caption text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, hash),
  unique (org_id, market_id, n),
  foreign key (org_id, market_id) references market (org_id, market_id),
  foreign key (org_id, hash) references photo (org_id, hash)
);

-- What an organizer made of a suggestion; what nobody decided has no row. `people` is how many it was about then.
create table demand (
  org_id bigint not null,
  market_id text not null,
  source text not null,
  verdict text not null check (verdict in ('wanted', 'dismissed')),
  people bigint not null,
  want_id text,
  reason text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, source),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- A campaign is a name that Saturdays carry. One that is over keeps its Saturdays.
create table campaign (
  org_id bigint not null references organization (org_id),
  campaign_id text not null,
  name text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, campaign_id),
  unique (org_id, name)
);

create table campaign_market (
  org_id bigint not null,
  campaign_id text not null,
  market_id text not null,
  primary key (org_id, campaign_id, market_id),
  foreign key (org_id, campaign_id) references campaign (org_id, campaign_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- A neighbourhood (网格、小区) with the ground that it reaches within a quarter of an hour, if there is one.
create table neighbourhood (
  org_id bigint not null references organization (org_id),
  name text not null,
  ground_id text,
  primary key (org_id, name),
  foreign key (org_id, ground_id) references ground (org_id, ground_id)
);
