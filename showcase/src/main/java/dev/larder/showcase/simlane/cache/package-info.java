/**
 * The query layer: expensive queries as annotated methods, each with its time and its tags. Read {@link
 * dev.larder.showcase.simlane.cache.Tags} first, which says which write ends what.
 *
 * <p>The other layers are declared where they are drawn: pages and API responses on their handlers in
 * {@code web}, fragments in the templates. Sessions need no declaration.
 */
@NullMarked
package dev.larder.showcase.simlane.cache;

import org.jspecify.annotations.NullMarked;
