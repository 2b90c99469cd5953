package dev.larder.hibernate.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test in which a transaction wrote a table that cached entries were read from, and nothing ended
 * those entries. The failure names the table, the statement, its place in the code, the caches, and what
 * to do.
 *
 * <pre>{@code
 * UncoveredWrites writes = new UncoveredWrites(joined);     // a field of a test with this annotation
 * }</pre>
 *
 * <p>The {@link dev.larder.hibernate.UncoveredWrites} is the one field of that type of the test class, of
 * a class that it extends, or of the class around it. Each test starts with nothing found. A test that fails by
 * itself keeps its own failure.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(CoverageExtension.class)
public @interface EveryWriteIsCovered {}
