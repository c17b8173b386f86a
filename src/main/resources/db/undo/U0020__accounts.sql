-- loses: all who sign in, with their passwords and tokens; the next start makes a first administrator
drop table upload_ticket, api_token, session, account;
