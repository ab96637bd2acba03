-- A code that is printed once for a place and hangs there every Saturday: it opens the page of whoever stands there
-- on the day. Made anew, the place gets another code and the old one opens nothing.
create table standing_poster (
  org_id bigint not null,
  ground_id text not null,
  no text not null,
  poster_id text not null,
  made_at bigint not null,
  revoked_at bigint,
  primary key (org_id, ground_id, no),
  unique (org_id, poster_id),
  foreign key (org_id, ground_id) references ground (org_id, ground_id)
);
