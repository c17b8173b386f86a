drop table upload_ticket, api_token, session, account;
