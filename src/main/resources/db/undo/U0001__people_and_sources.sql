-- loses: every person, chat and source
drop table avatar, telegram_profile, speaker, person, chat_alias, chat, source;
