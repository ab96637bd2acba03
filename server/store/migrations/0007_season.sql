-- Which days of a year are holidays or worked days off, as an organizer has imported them; a year that nobody
-- has imported is what the program brings along.
create table holiday_year (
  org_id bigint not null references organization (org_id),
  of_year bigint not null,
  papers text not null,
  account_id text not null,
  at bigint not null,
  primary key (org_id, of_year)
);

create table holiday (
  org_id bigint not null,
  of_year bigint not null,
  on_day text not null,
  name text not null,
  is_off bigint not null check (is_off in (0, 1)),
  primary key (org_id, of_year, on_day),
  foreign key (org_id, of_year) references holiday_year (org_id, of_year)
);

-- A calendar that an organizer subscribes to outside of the program; it opens nothing else.
create table feed (
  org_id bigint not null,
  feed_id text not null,
  account_id text not null,
  made_at bigint not null,
  revoked_at bigint,
  primary key (org_id, feed_id),
  foreign key (org_id, account_id) references account (org_id, account_id)
);
