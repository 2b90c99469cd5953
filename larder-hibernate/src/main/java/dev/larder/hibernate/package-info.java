/**
 * Hibernate and Larder: what Hibernate writes ends cached entries, and what a load reads through it
 * becomes the entry's tags.
 *
 * <p>Read {@link dev.larder.hibernate.InvalidatesTags} first, then {@link
 * dev.larder.hibernate.LarderHibernate}, which joins a session factory to a larder.
 */
@NullMarked
package dev.larder.hibernate;

import org.jspecify.annotations.NullMarked;
