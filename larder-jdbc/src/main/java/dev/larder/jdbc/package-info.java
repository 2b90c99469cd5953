/**
 * The database tier: slots, log and outbox in PostgreSQL.
 *
 * <p>Read {@link dev.larder.jdbc.JdbcStore} first, then {@link dev.larder.jdbc.JdbcOutbox} (invalidations
 * that follow the application's commit) and {@link dev.larder.jdbc.JdbcSchema} (tables and functions).
 * How positions are given is told in {@code postgresql-create.sql}.
 */
@NullMarked
package dev.larder.jdbc;

import org.jspecify.annotations.NullMarked;
