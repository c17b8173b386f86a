-- loses: the list of failed items, with lines of imports that could not be stored (failed_item)
delete from schedule where name = 'retry-failed-items';
drop table failed_item;
