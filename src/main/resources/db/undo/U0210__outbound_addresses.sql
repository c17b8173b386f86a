-- loses: the addresses that administrators allowed (outbound_allowed)
drop table outbound_allowed;
