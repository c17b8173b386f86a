drop table weighing;
