/** Reads JSON of unknown origin within bounds, and writes JSON. */
@NullMarked
package tasktracker.platform.web.json;

import org.jspecify.annotations.NullMarked;
