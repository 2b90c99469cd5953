package dev.larder.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.Iterator;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.BaseStream;

/**
 * Which classes of the JDK are values. The list is short on purpose: others lose something on the way
 * ({@code Calendar}), or do something when they are read ({@code Class}, {@code InetAddress}).
 */
final class ValueTypes {

  private static final Set<Class<?>> KEYS = Set.of(
      String.class,
      Boolean.class,
      Byte.class,
      Short.class,
      Character.class,
      Integer.class,
      Long.class,
      Float.class,
      Double.class,
      BigInteger.class,
      BigDecimal.class,
      UUID.class,
      Instant.class,
      LocalDate.class,
      LocalTime.class,
      LocalDateTime.class,
      OffsetTime.class,
      OffsetDateTime.class,
      ZonedDateTime.class,
      Duration.class,
      Period.class,
      Year.class,
      YearMonth.class,
      MonthDay.class,
      ZoneId.class,
      ZoneOffset.class,
      Locale.class,
      Currency.class,
      URI.class);

  private static final Set<Class<?>> OTHERS =
      Set.of(Date.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private ValueTypes() {}

  static boolean isValue(Class<?> type) {
    return (type.isPrimitive() && type != void.class) || isKey(type) || OTHERS.contains(type);
  }

  /** Whether values can be keys of a map. */
  static boolean isKey(Class<?> type) {
    return KEYS.contains(type);
  }

  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
  }

  /** What to use instead of a refused class. */
  static String mend(Class<?> type) {
    if (type == Object.class) {
      return "it says nothing about the values; declare their class (a raw or unbounded generic type"
          + " ends here too)";
    }
    if (Iterator.class.isAssignableFrom(type) || BaseStream.class.isAssignableFrom(type)) {
      return "it can be read only once; declare a List";
    }
    if (Iterable.class.isAssignableFrom(type)) {
      return "declare a List, Set or Map of java.util";
    }
    if (AutoCloseable.class.isAssignableFrom(type)) {
      return "it is a resource; store what was read from it";
    }
    if (Throwable.class.isAssignableFrom(type)) {
      return "store what the caller needs to know of it";
    }
    if (type.isAnnotationPresent(FunctionalInterface.class)) {
      return "a function cannot be stored; store its result";
    }
    if (!isOfJdk(type)
        && (type.isInterface() || java.lang.reflect.Modifier.isAbstract(type.getModifiers()))) {
      return "declare the class of its values, or name its subtypes with @JsonTypeInfo(use = Id.NAME)"
          + " and @JsonSubTypes";
    }
    return isOfJdk(type)
        ? "declare a value class of java.lang, java.math, java.time or java.util, or a record"
        : "make it a record";
  }
}
