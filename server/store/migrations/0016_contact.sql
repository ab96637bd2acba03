-- Contacts leave the appeal's row: sealed, with what was agreed to, deleted some days after closing.

-- `sealed` can only be opened with a key that is not in this database; it is bound to its organization and appeal.
create table appeal_contact (
  org_id bigint not null,
  appeal_id text not null,
  sealed text not null,
  consent text not null,
  at bigint not null,
  primary key (org_id, appeal_id),
  foreign key (org_id, appeal_id) references appeal (org_id, appeal_id)
);

-- `closed_at` is when nobody waited for anything any more; `anonymised_at` is when numbers of people were masked in
-- its words and its form was forgotten.
alter table appeal add column closed_at bigint;
alter table appeal add column anonymised_at bigint;
update appeal set closed_at = case when state = 'resolved' then changed_at + 604800000 else changed_at end
where state in ('resolved', 'rated', 'merged', 'referred', 'unsolvable', 'out_of_scope', 'withdrawn', 'filed');
create index appeal_by_closing on appeal (org_id, closed_at);

-- Who has read a contact is asked by what was read.
create index audit_by_object on audit (org_id, object, at);
