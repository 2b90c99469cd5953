/**
 * The tables, as JPA maps them. {@code @InvalidatesTags} on an entity says which cached queries end when
 * one is saved or removed; {@link dev.larder.showcase.stories.entity.Tag} has its queries cached by a line
 * on the entity. Entities never leave the writes: what is read is a record.
 */
@NullMarked
package dev.larder.showcase.stories.entity;

import org.jspecify.annotations.NullMarked;
