/** Embedding models: in-process and remote. */
@NullMarked
package tasktracker.platform.ai;

import org.jspecify.annotations.NullMarked;
