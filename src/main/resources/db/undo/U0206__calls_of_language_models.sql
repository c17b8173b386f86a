-- loses: the record of calls of language models, their budgets and prices (llm_call, llm_budget, llm_price)
drop table llm_price;
drop table llm_budget;
drop table llm_call;
