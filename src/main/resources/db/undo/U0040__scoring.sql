drop table score_correction;
alter table message drop column noise_aspects;
delete from schedule where name = 'score-settled-messages';
