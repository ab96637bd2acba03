-- Who an account is to an identity provider outside. Organization 0 stands for the installation: whoever somebody is
-- outside is one account here, whichever organization keeps it.
create table identity (
  org_id bigint not null,
  issuer text not null,
  subject text not null,
  home bigint not null,
  account_id text not null,
  linked_at bigint not null,
  primary key (org_id, issuer, subject),
  unique (org_id, issuer, home, account_id)
);

-- States that a browser has come back with: each is good for one return.
create table errand (
  org_id bigint not null,
  state text not null,
  used_at bigint not null,
  primary key (org_id, state)
);
