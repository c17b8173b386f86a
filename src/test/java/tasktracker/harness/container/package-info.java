/** Tests that run inside the server, beside the product's own beans. */
@NullMarked
package tasktracker.harness.container;

import org.jspecify.annotations.NullMarked;
