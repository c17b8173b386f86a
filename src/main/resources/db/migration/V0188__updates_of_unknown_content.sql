-- Updates whose content was not known, newest first (page of Telegram's connection).
create index inbox_unknown on inbox (received_at desc) where state = 'stored' and error is not null;
