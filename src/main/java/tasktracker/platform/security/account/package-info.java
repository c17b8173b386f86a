/** Accounts, passwords and preferences. */
@NullMarked
package tasktracker.platform.security.account;

import org.jspecify.annotations.NullMarked;
