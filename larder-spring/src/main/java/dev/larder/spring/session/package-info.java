/**
 * Spring Session on Larder's tiers.
 *
 * <p>Read {@link dev.larder.spring.session.LarderSessionRepository} first, then {@link
 * dev.larder.spring.session.AttributeTypes}, which says what a session may hold. Where sessions lie is
 * the business of three stores: slots of a tier alone, a table, or a table with a cache before it.
 */
@NullMarked
package dev.larder.spring.session;

import org.jspecify.annotations.NullMarked;
