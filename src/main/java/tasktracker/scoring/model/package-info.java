/** The built-in classifier: a pure function from text and context to aspects, a class and reasons; knows no database. */
@NullMarked
package tasktracker.scoring.model;

import org.jspecify.annotations.NullMarked;
