-- loses: how far reading kept updates again has come (inbox_reread)
drop table inbox_reread;
