-- Files of a Slack export are told in another order on days of more than 32 conversations, so "lines_done" of an import
-- that is on its way means other lines. It begins again; what is stored already is known and not stored twice.
update import set lines_done = 0
 where format = 'slack-export' and status in ('pending', 'running', 'failed', 'cancelled');
