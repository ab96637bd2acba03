-- A stall that the organizer keeps free, and what for.

alter table stall add column reserved_at bigint;
alter table stall add column reserved_why text not null default '';
