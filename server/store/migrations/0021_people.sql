-- People: of which kind an organization is and under whom it stands, who works where and as what.

alter table organization add column kind text not null default 'community'
  check (kind in ('district', 'street', 'circle', 'community', 'branch', 'unit'));

-- Written on both sides, so that each side finds its own rows by its own key.
create table superior (
  org_id bigint not null references organization (org_id),
  above bigint not null,
  since bigint not null,
  primary key (org_id)
);

create table subordinate (
  org_id bigint not null references organization (org_id),
  below bigint not null,
  since bigint not null,
  primary key (org_id, below)
);

-- Everybody who works or worked at an organization. `home` keeps the account; its name is copied to where it works.
create table member (
  org_id bigint not null references organization (org_id),
  account_id text not null,
  home bigint not null,
  login text not null,
  joined_at bigint not null,
  left_at bigint,
  primary key (org_id, account_id)
);

-- What they may do there. It stands in place of the column `role` of `account`, which is read no more.
create table membership (
  org_id bigint not null,
  account_id text not null,
  role text not null check (role in ('organizer', 'admin', 'committee', 'auditor', 'operator')),
  since bigint not null,
  primary key (org_id, account_id, role),
  foreign key (org_id, account_id) references member (org_id, account_id)
);

-- Kept at home: where an account works.
create table posting (
  org_id bigint not null,
  account_id text not null,
  at_org bigint not null,
  since bigint not null,
  primary key (org_id, account_id, at_org),
  foreign key (org_id, account_id) references account (org_id, account_id)
);

insert into member (org_id, account_id, home, login, joined_at, left_at)
  select org_id, account_id, org_id, login, created_at, disabled_at from account;
insert into membership (org_id, account_id, role, since)
  select org_id, account_id, role, created_at from account;
insert into posting (org_id, account_id, at_org, since)
  select org_id, account_id, org_id, created_at from account;
-- Somebody looks after the accounts: whoever organizes longest.
insert into membership (org_id, account_id, role, since)
  select a.org_id, a.account_id, 'admin', a.created_at from account a
  where a.role = 'organizer' and a.disabled_at is null and not exists (
    select 1 from account b where b.org_id = a.org_id and b.role = 'organizer' and b.disabled_at is null
      and (b.created_at < a.created_at or (b.created_at = a.created_at and b.account_id < a.account_id)));

-- What a set-up link is for, besides the first account: roles for somebody new, or a new password (`account_id`).
create table invitation (
  org_id bigint not null,
  link_id text not null,
  roles text not null,
  account_id text,
  invited_by text not null,
  made_at bigint not null,
  primary key (org_id, link_id),
  foreign key (org_id, link_id) references link (org_id, link_id)
);

create index session_by_account on session (org_id, account_id);
