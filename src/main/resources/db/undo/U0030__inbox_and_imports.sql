-- loses: updates of Telegram as they came, the history of imports, and files that are being imported
drop table avatar_ask;
drop table import_chunk;
drop table import;
drop table inbox;
