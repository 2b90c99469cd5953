package dev.larder.internal.advise;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A number that equal values share and others hardly ever, of a value that has no stored form. Only of
 * types whose hash codes are known to follow from what they hold: another's may be one of identity.
 */
final class ValuePrint {

  private static final int NONE = 0;
  private static final int MOST_ELEMENTS = 1_000;

  private ValuePrint() {}

  /** The print; 0 if there is none. */
  static int of(@Nullable Object value) {
    if (value == null || !isByContent(value, 3)) {
      return NONE;
    }
    int hash = value.hashCode();
    return hash == NONE ? 1 : hash;
  }

  private static boolean isByContent(@Nullable Object value, int depth) {
    if (value == null
        || value instanceof String
        || (value instanceof Number && isOf("java.lang.", value))
        || value instanceof BigInteger
        || value instanceof BigDecimal
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof UUID
        || (value instanceof TemporalAccessor && isOf("java.time.", value))) {
      return true;
    }
    if (depth == 0) {
      return false;
    }
    if (value instanceof List<?> || value instanceof Set<?>) {
      return areByContent((Collection<?>) value, depth - 1);
    }
    return value instanceof Map<?, ?> map
        && areByContent(map.keySet(), depth - 1)
        && areByContent(map.values(), depth - 1);
  }

  private static boolean isOf(String packages, Object value) {
    return value.getClass().getName().startsWith(packages);
  }

  private static boolean areByContent(Collection<?> values, int depth) {
    return values.size() <= MOST_ELEMENTS
        && values.stream().allMatch(each -> isByContent(each, depth));
  }
}
