-- Run by the image when the volume is new. The migrations make the extensions that the product needs; this one is the
-- operator's, for "Slow statements" on /system.
create extension if not exists pg_stat_statements;
