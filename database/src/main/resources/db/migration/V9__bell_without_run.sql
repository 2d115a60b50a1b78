-- An authorisation that is about to end concerns no run.
alter table automation.bell alter column run_id drop not null;
