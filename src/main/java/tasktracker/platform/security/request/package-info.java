/** Bounds and checks of requests before authentication: proxies, bodies, cookies, origins, response headers. */
@NullMarked
package tasktracker.platform.security.request;

import org.jspecify.annotations.NullMarked;
