/** The built-in analyst: finds topics and atoms by rules, cue phrases and vectors, without a language model. Pure functions. */
@NullMarked
package tasktracker.knowledge.builtin;

import org.jspecify.annotations.NullMarked;
