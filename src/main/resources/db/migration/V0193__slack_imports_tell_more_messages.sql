-- A day of a Slack archive goes on behind a message that is nested too deep, so "lines_done" of an import that is on its
-- way may mean other lines. It begins again; what is stored already is known and not stored twice.
update import set lines_done = 0
 where format = 'slack-export' and status in ('pending', 'running', 'failed', 'cancelled');
