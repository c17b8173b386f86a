-- loses: who does not want to see the first steps (start_page_skip)
drop table start_page_skip;
