-- `masked_at` is when numbers of people were masked in what handlers and the resident wrote on the way of an appeal;
-- before, only the resident's first words were.
alter table appeal add column masked_at bigint;
