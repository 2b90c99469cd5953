/**
 * Spring's transactions as units of work: {@link dev.larder.spring.transaction.LarderTransactions}.
 */
@NullMarked
package dev.larder.spring.transaction;

import org.jspecify.annotations.NullMarked;
