/**
 * The product as tests see it: the real server as a process of its own, with a database and a broker of its own, that
 * can be asked, watched in a browser, stopped and killed.
 */
@NullMarked
package tasktracker.harness;

import org.jspecify.annotations.NullMarked;
