-- loses: how far imports of Slack exports have come; they begin again and store nothing twice (import.lines_done)
update import set lines_done = 0
 where format = 'slack-export' and status in ('pending', 'running', 'failed', 'cancelled');
