-- loses: the connection with Telegram: webhook, secret, listed groups, and who reacted with what
drop index inbox_received;
drop table telegram_answer;
drop table telegram_reaction;
drop table telegram_group;
drop table telegram_secret;
drop table telegram_setup;
