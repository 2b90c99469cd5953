/** Entries, invalidation log and outbox in a relational database. */
@NullMarked
package dev.larder.jdbc;

import org.jspecify.annotations.NullMarked;
