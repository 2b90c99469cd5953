/**
 * SimLane: clubs of sim racers, their members, teams, events and profiles.
 *
 * <p>Read {@code cache} first: the annotated queries, and {@link
 * dev.larder.showcase.simlane.cache.Tags} for which write ends what. Then {@code web}, whose pages and
 * endpoints say how long their responses are kept, and the templates, whose fragments do.
 */
@NullMarked
package dev.larder.showcase.simlane;

import org.jspecify.annotations.NullMarked;
