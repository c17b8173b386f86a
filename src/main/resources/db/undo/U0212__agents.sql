-- loses: agents with their prompts (llm_agent)
-- loses: tasks of agents (llm_task_config)
-- loses: which agents do which tasks (llm_assignment)
-- loses: edited prompts and their history (llm_prompt_version)
drop table llm_prompt_version;
drop table llm_assignment;
drop table llm_task_config;
drop table llm_agent;
