/** What happens when processes die: nothing that was answered is lost, nothing is done twice. */
@NullMarked
package tasktracker.fault;

import org.jspecify.annotations.NullMarked;
