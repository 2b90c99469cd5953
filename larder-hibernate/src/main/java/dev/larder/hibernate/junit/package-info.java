/**
 * For tests with JUnit: {@link dev.larder.hibernate.junit.EveryWriteIsCovered} fails a test that writes
 * what cached entries were read from and ends nothing.
 */
@NullMarked
package dev.larder.hibernate.junit;

import org.jspecify.annotations.NullMarked;
