/** People who speak in the chats. */
@NullMarked
package tasktracker.person;

import org.jspecify.annotations.NullMarked;
