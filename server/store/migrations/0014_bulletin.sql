-- The bulletin as it is written, signed and corrected.

-- What an organizer wrote, before it is signed. `revision` is what the next edit has to be made on.
create table bulletin_letter (
  org_id bigint not null,
  market_id text not null,
  revision bigint not null,
  body text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id),
  foreign key (org_id, market_id) references market (org_id, market_id)
);

-- What was signed (`n` is 0) and every correction after it, in order; rows are added, never changed. `basis` holds the
-- appeals and the stalls as they were then; the ledger's own rows are those up to `ledger_seq`, and `ledger_head` is
-- the hash over them.
create table bulletin_issue (
  org_id bigint not null,
  market_id text not null,
  n bigint not null,
  why text not null,
  figures text not null,
  basis text not null,
  ledger_seq bigint not null,
  ledger_head text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, market_id, n),
  foreign key (org_id, market_id) references market (org_id, market_id)
);
