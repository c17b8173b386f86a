/** The analyst that asks a language model. What a model says is only a proposal, checked as that of any analyst. */
@NullMarked
package tasktracker.knowledge.model;

import org.jspecify.annotations.NullMarked;
