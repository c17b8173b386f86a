-- loses: providers of language models with their keys and limits (llm_provider)
-- loses: which chats are not sent to them (llm_provider_excluded_chat)
drop table llm_provider_excluded_chat;
drop table llm_provider;
