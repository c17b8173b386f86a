/** Web layer: pages, JSON, translations, validation of requests, and errors as pages or problem+json. */
@NullMarked
package tasktracker.platform.web;

import org.jspecify.annotations.NullMarked;
