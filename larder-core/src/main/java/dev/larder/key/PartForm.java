package dev.larder.key;

import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the parts of one class are written. Found once per class; safe for many threads. */
@FunctionalInterface
interface PartForm {

  /** Nesting beyond this is refused: only values that contain themselves get there. */
  int DEEPEST = 32;

  /**
   * Appends a part.
   *
   * @param depth how many brackets are open
   * @throws UnstablePart if something in it has no stable form
   */
  void write(StringBuilder out, Object part, int depth);

  /** Appends any part, null included. */
  static void append(StringBuilder out, @Nullable Object part, int depth) {
    if (part instanceof String text) {
      KeyText.string(out, text);
    } else if (part instanceof Long number) {
      out.append(number.longValue()).append('L');
    } else if (part instanceof Integer number) {
      out.append(number.intValue());
    } else if (part == null) {
      out.append("~null");
    } else {
      of(part.getClass()).write(out, part, depth);
    }
  }

  /** The form of a class; one that throws when there is none. */
  static PartForm of(Class<?> type) {
    return Forms.OF.get(type);
  }

  /**
   * Whether parts of exactly this class have a form, when their own parts have. Interfaces and
   * abstract classes have none by themselves.
   */
  static boolean known(Class<?> type) {
    return !(of(type) instanceof Refusal);
  }

  /** The form that is none. */
  record Refusal(String reason) implements PartForm {
    @Override
    public void write(StringBuilder out, Object part, int depth) {
      throw new UnstablePart(reason);
    }
  }

  /** Forms by class. */
  final class Forms {
    private static final ClassValue<PartForm> OF = new ClassValue<>() {
      @Override
      protected PartForm computeValue(Class<?> type) {
        return find(type);
      }
    };

    /** Classes whose text is one to one with their values, on every JDK. */
    private static final Set<Class<?>> BY_TEXT = Set.of(
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
        MonthDay.class);

    private static final Map<Class<?>, PartForm> SCALARS = Map.of(
        String.class, (out, part, depth) -> KeyText.string(out, (String) part),
        Long.class, (out, part, depth) -> out.append(part).append('L'),
        Integer.class, (out, part, depth) -> out.append(part),
        Short.class, (out, part, depth) -> out.append(part).append('s'),
        Byte.class, (out, part, depth) -> out.append(part).append('b'),
        BigInteger.class, (out, part, depth) -> out.append(part).append('n'),
        BigDecimal.class, (out, part, depth) -> out.append(part).append('m'),
        Boolean.class, (out, part, depth) -> out.append('~').append(part),
        Character.class, (out, part, depth) -> labelled(out, "Character", part.toString()),
        Optional.class, Forms::optional);

    private Forms() {}

    private static PartForm find(Class<?> type) {
      PartForm scalar = SCALARS.get(type);
      if (scalar != null) {
        return scalar;
      }
      if (BY_TEXT.contains(type)) {
        String label = type.getSimpleName();
        return (out, part, depth) -> labelled(out, label, part.toString());
      }
      if (type == Double.class) {
        return (out, part, depth) -> floating(out, (Double) part, 'd');
      }
      if (type == Float.class) {
        // Widening is exact and one to one, and NaN stays NaN.
        return (out, part, depth) -> floating(out, (Float) part, 'f');
      }
      if (ZoneId.class.isAssignableFrom(type)) {
        return (out, part, depth) -> labelled(out, "ZoneId", ((ZoneId) part).getId());
      }
      if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
        return EnumForm.of(type);
      }
      if (type.isRecord()) {
        return RecordForm.of(type);
      }
      if (List.class.isAssignableFrom(type)) {
        return (out, part, depth) -> Brackets.list(out, (List<?>) part, depth);
      }
      if (Set.class.isAssignableFrom(type)) {
        return (out, part, depth) -> Brackets.set(out, (Set<?>) part, depth);
      }
      if (Map.class.isAssignableFrom(type)) {
        return (out, part, depth) -> Brackets.map(out, (Map<?, ?>) part, depth);
      }
      return new Refusal(Refusals.reason(type));
    }

    private static void labelled(StringBuilder out, String label, String text) {
      out.append('~').append(label).append('=');
      KeyText.escaped(out, text);
    }

    private static void optional(StringBuilder out, Object part, int depth) {
      Optional<?> optional = (Optional<?>) part;
      if (optional.isEmpty()) {
        out.append("~empty");
      } else {
        out.append("~some=(");
        append(out, optional.get(), Brackets.deeper(depth));
        out.append(')');
      }
    }

    /**
     * Decimal where that is short and exact, else hexadecimal. {@code Double.toString} is no choice:
     * JDK 19 changed its digits.
     */
    private static void floating(StringBuilder out, double value, char mark) {
      if (Double.isNaN(value) || value == Double.POSITIVE_INFINITY) {
        out.append('~');
      } else if (Double.isFinite(value) && Double.doubleToRawLongBits(value) != Long.MIN_VALUE) {
        BigDecimal exact = new BigDecimal(value);
        if (exact.precision() <= 15 && exact.scale() >= 0 && exact.scale() <= 6) {
          out.append(exact.toPlainString()).append(mark);
          return;
        }
      }
      out.append(Double.toHexString(value)).append(mark);
    }
  }
}
