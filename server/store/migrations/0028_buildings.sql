-- Who receives is fixed to a part of the map (网格), to one building (楼栋) or to one enterprise (企业).

alter table grid add column kind text not null default 'area' check (kind in ('area', 'building', 'enterprise'));
