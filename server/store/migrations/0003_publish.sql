-- What residents see: the highest version of a plan. `layout` itself is the draft that organizers work on.
create table layout_version (
  org_id bigint not null,
  market_id text not null,
  plan text not null check (plan in ('fair', 'rain')),
  version bigint not null,
  revision bigint not null,
  body text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, plan, version),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- A map that was there before there were versions was what residents saw.
insert into layout_version (org_id, market_id, plan, version, revision, body, account_id, at)
select l.org_id, l.market_id, l.plan, 1, l.revision, l.body,
  coalesce((select c.account_id from layout_change c where c.org_id = l.org_id
    and c.market_id = l.market_id and c.plan = l.plan and c.revision = l.revision), ''),
  coalesce((select c.at from layout_change c where c.org_id = l.org_id
    and c.market_id = l.market_id and c.plan = l.plan and c.revision = l.revision), 0)
from layout l where l.body <> '{"stalls":[]}';

-- When a stall's number was first shown to people. Until then it follows the draft.
alter table stall add column published_at bigint;
update stall set published_at = 0;
