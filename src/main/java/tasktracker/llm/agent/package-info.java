/** Agents: which model of which provider does which task, with which prompt and which form of answer. */
@NullMarked
package tasktracker.llm.agent;

import org.jspecify.annotations.NullMarked;
