drop index message_strength;
drop function message_strength(text, real);
