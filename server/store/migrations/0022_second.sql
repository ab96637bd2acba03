-- A second factor beside the password. Its secret stands nowhere: it follows from the master key and this salt.
-- `step` is the last half minute whose code was used; a code opens once.
create table second_factor (
  org_id bigint not null,
  account_id text not null,
  key_id bigint not null,
  salt text not null,
  step bigint not null,
  begun_at bigint not null,
  confirmed_at bigint,
  primary key (org_id, account_id),
  foreign key (org_id, account_id) references account (org_id, account_id)
);

-- Codes for the day on which the phone is lost, as digests. Each opens once.
create table recovery (
  org_id bigint not null,
  account_id text not null,
  digest text not null,
  used_at bigint,
  primary key (org_id, account_id, digest),
  foreign key (org_id, account_id) references account (org_id, account_id)
);
