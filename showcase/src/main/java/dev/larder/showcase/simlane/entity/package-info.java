/**
 * What is written, and by its annotations which cached entries a write ends: the document's signals.
 * The names of the tags are those of {@link dev.larder.showcase.simlane.cache.Tags}.
 */
@NullMarked
package dev.larder.showcase.simlane.entity;

import org.jspecify.annotations.NullMarked;
