-- loses: why imports failed in other languages than English (import.error_saying)
alter table import drop column error_saying;
