/** Atoms: the smallest units of knowledge, with the quotes they rest on. */
@NullMarked
package tasktracker.knowledge.atom;

import org.jspecify.annotations.NullMarked;
