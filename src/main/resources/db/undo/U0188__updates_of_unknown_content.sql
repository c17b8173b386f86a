drop index inbox_unknown;
