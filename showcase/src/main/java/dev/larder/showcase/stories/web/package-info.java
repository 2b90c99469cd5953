/**
 * The endpoints of Stories, as JSON. A user is named by the header {@code X-Stories-User} or by the
 * cookie of the log-in; {@link dev.larder.showcase.stories.web.Asking} tells the caches who it is.
 */
@NullMarked
package dev.larder.showcase.stories.web;

import org.jspecify.annotations.NullMarked;
