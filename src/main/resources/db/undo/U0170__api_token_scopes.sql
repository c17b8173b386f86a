-- loses: which tokens may act on accounts (api_token.manages_accounts), and why tokens were revoked (api_token.revoked_reason); they stay revoked
alter table api_token drop column revoked_reason;
alter table api_token drop column manages_accounts;
