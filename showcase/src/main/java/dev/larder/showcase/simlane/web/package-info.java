/**
 * Pages, endpoints and log-in. The view layer and the API layer are the annotations on the handlers of
 * {@link dev.larder.showcase.simlane.web.PublicPages} and {@link dev.larder.showcase.simlane.web.Api}.
 */
@NullMarked
package dev.larder.showcase.simlane.web;

import org.jspecify.annotations.NullMarked;
