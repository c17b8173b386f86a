/** Language models: providers, agents and their prompts, and calls. */
@NullMarked
package tasktracker.llm;

import org.jspecify.annotations.NullMarked;
