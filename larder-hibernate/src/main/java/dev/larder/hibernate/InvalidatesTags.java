package dev.larder.hibernate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tags that end when a row of this entity is inserted, updated or deleted, or one of its collections
 * changes. Those of superclasses count too.
 *
 * <pre>{@code
 * @Entity
 * @InvalidatesTags({"album:{id}", "artist:{artist.id}", "albums"})
 * class Album { … }
 * }</pre>
 *
 * <p>A placeholder is a path: the identifier, a property, a property of an embedded value, or the
 * identifier of a to-one association. Where an update changes a value, the tags of the old and of the new
 * one end. A null on the path means no tag. Any other path stops the start of the session factory.
 *
 * <p>A bulk statement ({@code update Album set …}) names no rows: it ends the tags without a placeholder
 * and those of {@link TableTags}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InvalidatesTags {

  /** The tags; what stands in braces is replaced. */
  String[] value();
}
