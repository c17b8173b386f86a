/** How answers become pages and JSON, and how failures become words. */
@NullMarked
package tasktracker.platform.web;

import org.jspecify.annotations.NullMarked;
