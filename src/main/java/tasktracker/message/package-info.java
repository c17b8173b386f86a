/** Chat messages, kept once. */
@NullMarked
package tasktracker.message;

import org.jspecify.annotations.NullMarked;
