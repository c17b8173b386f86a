-- loses: how far imports of Slack exports have come; they begin again and store nothing twice (import.lines_done)
-- The release before counts the lines in its own order again; loses nothing.
update import set lines_done = 0
 where format = 'slack-export' and status in ('pending', 'running', 'failed', 'cancelled');
