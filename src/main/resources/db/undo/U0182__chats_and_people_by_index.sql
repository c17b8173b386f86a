drop index message_count_chat;
drop index chat_title;
drop index person_full_name;
