/**
 * Tells browsers what was invalidated, as server-sent events. Read {@link
 * dev.larder.web.live.LiveServlet} first.
 */
@NullMarked
package dev.larder.web.live;

import org.jspecify.annotations.NullMarked;
