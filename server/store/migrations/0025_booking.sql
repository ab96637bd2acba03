-- What is booked by the hour: rooms, pitches, desks, printers. A resource gives numbers as the queue of a stall does:
-- `given` is the last number, `place` the last place, `steps` how often it was changed. `visitor_key` is the secret
-- behind the tags of its bookings, so that those of two resources cannot be joined.
create table resource (
  org_id bigint not null references organization (org_id),
  resource_id text not null,
  state text not null check (state in ('open', 'closed', 'off')),
  kind text not null check (kind in ('room', 'pitch', 'desk', 'printer', 'other')),
  name text not null,
  whereabouts text not null,
  time_zone text not null,
  capacity bigint not null check (capacity > 0),
  terms text not null,
  opening text not null,
  visitor_key text not null,
  given bigint not null,
  place bigint not null,
  steps bigint not null,
  primary key (org_id, resource_id)
);

-- A number with its hours. `holder` is the tag of the phone that booked, until it is past its time: one booking of a
-- slot a phone, and whoever did not come too often waits for a while.
create table booking (
  org_id bigint not null,
  resource_id text not null,
  number bigint not null,
  code text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  state text not null check (state in ('waiting', 'called', 'served', 'lapsed', 'given_up')),
  place bigint,
  detail text not null,
  holder text,
  nonce text not null,
  taken_at bigint not null,
  changed_at bigint not null,
  primary key (org_id, resource_id, number),
  unique (org_id, code),
  unique (org_id, resource_id, nonce),
  unique (org_id, resource_id, starts_at, holder),
  foreign key (org_id, resource_id) references resource (org_id, resource_id),
  check (starts_at < ends_at)
);
create index booking_hours on booking (org_id, resource_id, ends_at);
