-- loses: the time zones of accounts; the next release to have them learns them anew at the next sign-in
alter table account drop column time_zone;
