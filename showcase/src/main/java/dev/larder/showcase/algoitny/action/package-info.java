/**
 * What changes the database, each in one transaction through the entities. No line here speaks of
 * caches: what ends is said on the entities and happens at the commit.
 */
@NullMarked
package dev.larder.showcase.algoitny.action;

import org.jspecify.annotations.NullMarked;
