-- What a screen tells besides: what was taken out of the counts again, and how many a place is approved for.

alter table tally add column corrected bigint not null default 0;
update tally set corrected = (
  select cast(coalesce(sum(-e.n), 0) as bigint) from encounter e
  where e.org_id = tally.org_id and e.market_id = tally.market_id and e.stall_id = tally.stall_id
    and e.source = tally.source and e.kind = tally.kind and e.confidence = tally.confidence
    and e.at - e.at % 60000 = tally.bucket and e.n < 0
);
alter table safety add column capacity bigint;
