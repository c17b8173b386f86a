-- loses: why updates were ignored in other languages than English (inbox.reason)
drop index inbox_ignored;
alter table inbox drop column reason;
