/** Secrets that have to be stored so that they can be read again: encrypted, with keys that can be rotated. */
@NullMarked
package tasktracker.platform.secret;

import org.jspecify.annotations.NullMarked;
