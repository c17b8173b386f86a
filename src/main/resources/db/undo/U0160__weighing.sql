-- loses: the history of weights and thresholds; the next start adds those in force, and stored messages are classified anew
drop table weighing;
