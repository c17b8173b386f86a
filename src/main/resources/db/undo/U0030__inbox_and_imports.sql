drop table avatar_ask;
drop table import_chunk;
drop table import;
drop table inbox;
