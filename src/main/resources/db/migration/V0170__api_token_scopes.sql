-- What a token may do beside reading and deciding, and why one has ended.
alter table api_token add column manages_accounts boolean not null default false;
comment on column api_token.manages_accounts is 'Whether it may act on accounts, sessions and tokens; counts only while its role is admin.';
alter table api_token add column revoked_reason text check (revoked_reason in ('revoked', 'password_changed', 'account_disabled'));
comment on column api_token.revoked_reason is 'Why it was revoked; null for a token that was not, and for one of before this column.';
update api_token set manages_accounts = true where is_bootstrap;
-- Tokens of accounts that are disabled now do not come back with them.
update api_token set revoked_at = now(), revoked_reason = 'account_disabled'
 where revoked_at is null and not is_bootstrap and account_id in (select id from account where not is_active);
