/**
 * What the database answers, by JPA: {@link dev.larder.showcase.algoitny.source.ProblemReads} for
 * problems, {@link dev.larder.showcase.algoitny.source.AccountReads} for what one user sees. Each
 * method is one read-only transaction; the caches call it for what they lack.
 */
@NullMarked
package dev.larder.showcase.algoitny.source;

import org.jspecify.annotations.NullMarked;
