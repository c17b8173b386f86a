/** The OpenAPI document of the API, from the resources themselves. */
@NullMarked
package tasktracker.platform.openapi;

import org.jspecify.annotations.NullMarked;
