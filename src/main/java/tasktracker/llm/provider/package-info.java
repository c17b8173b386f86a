/** Servers of language models: where they are, their keys and limits, and whether they answer. */
@NullMarked
package tasktracker.llm.provider;

import org.jspecify.annotations.NullMarked;
