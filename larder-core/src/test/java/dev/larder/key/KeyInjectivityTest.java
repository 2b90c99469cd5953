package dev.larder.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/**
 * Equal keys if and only if equal tuples, over parts made to collide.
 *
 * <p>Each try makes a batch of tuples and compares all pairs of it, so 800 tries are a million pairs.
 * Most pairs are near misses: the second tuple of each is a small change of the first.
 */
class KeyInjectivityTest {

  private static final String HOSTILE =
      ":::**?[]\\{}(),,%'~~-=#@/. \r\n\t\u0000\u007f\u0085\u00a0\u202e\ud83c\udfb5\ud83c\udfb5\uFFFD";
  private static final List<String> WORDS = List.of(
      "",
      "a",
      "b",
      "1",
      "1L",
      "1s",
      "-1",
      "0x1.0p0d",
      "null",
      "~null",
      "true",
      "~true",
      "~none",
      "()",
      "(1)",
      "'",
      "''",
      "'1",
      "%",
      "%3A",
      "%25",
      "%u0041",
      "~set=(1)",
      "~some=(1)",
      "~sha256=",
      "\u00e9",
      "e\u0301",
      "é".repeat(2),
      "{tag}",
      "a:*",
      "..",
      "v1",
      "\ud83c",
      "\udfb5");
  private static final List<Object> SCALARS = List.of(
      1,
      1L,
      (short) 1,
      (byte) 1,
      1.0,
      1.0f,
      BigInteger.ONE,
      BigDecimal.ONE,
      new BigDecimal("1.0"),
      -1,
      0.0,
      -0.0,
      0.1,
      0.1f,
      Double.NaN,
      Float.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      true,
      false,
      '1',
      ':',
      '\ud83c',
      Long.MIN_VALUE,
      Integer.MIN_VALUE,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      1e15,
      1e14,
      new UUID(0, 0),
      new UUID(0, 1),
      LocalDate.EPOCH,
      Instant.EPOCH,
      Instant.EPOCH.plusNanos(1),
      LocalDateTime.MIN,
      LocalTime.MIDNIGHT,
      LocalTime.NOON,
      OffsetDateTime.MAX,
      ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC),
      ZonedDateTime.ofInstant(Instant.EPOCH, ZoneId.of("UTC")),
      ZoneOffset.UTC,
      ZoneId.of("UTC"),
      Duration.ZERO,
      Duration.ofSeconds(-1, 1),
      Period.ZERO,
      Year.of(1),
      DayOfWeek.MONDAY,
      Month.MAY,
      One.Kind.A,
      Two.Kind.A,
      Optional.empty());

  interface One {
    enum Kind {
      A
    }
  }

  interface Two {
    enum Kind {
      A
    }
  }

  record Pair(Object left, Object right) {}

  record Couple(Object left, Object right) {}

  private final KeyEncoder keys = KeyEncoder.of(KeySettings.of("app", "things", 1));
  private final KeyEncoder hashed =
      KeyEncoder.of(new KeySettings("app", "things", 1, true, null, 208));

  @Property(tries = 800, seed = "4711")
  void encode_anyTwoTuples_equalKeysExactlyWhenEqual(@ForAll @LongRange(min = 0) long seed) {
    List<List<Object>> tuples = tuples(new Random(seed), 50);
    List<String> slots = tuples.stream().map(keys::encodeSlot).toList();
    List<String> digests = tuples.stream().map(hashed::encodeSlot).toList();
    for (int i = 0; i < tuples.size(); i++) {
      for (int j = i; j < tuples.size(); j++) {
        boolean equal = tuples.get(i).equals(tuples.get(j));
        if (slots.get(i).equals(slots.get(j)) != equal
            || digests.get(i).equals(digests.get(j)) != equal) {
          fail(
              "%s and %s: slots %s and %s",
              tuples.get(i), tuples.get(j), slots.get(i), slots.get(j));
        }
      }
    }
  }

  @Property(tries = 200, seed = "4712")
  void prefix_anyTuples_coversExactlyTheKeysBelow(@ForAll @LongRange(min = 0) long seed) {
    List<List<Object>> tuples = tuples(new Random(seed), 40);
    for (KeyEncoder encoder : List.of(keys, hashed)) {
      List<SlotKey> encoded = tuples.stream().map(encoder::encode).toList();
      for (List<Object> parts : tuples) {
        if (parts.isEmpty()) {
          continue;
        }
        String prefix = encoder.prefix(parts.toArray());
        for (int i = 0; i < tuples.size(); i++) {
          List<Object> tuple = tuples.get(i);
          boolean below =
              tuple.size() > parts.size() && tuple.subList(0, parts.size()).equals(parts);
          if (encoded.get(i).prefixes().contains(prefix) != below) {
            fail("prefix %s of %s against %s", prefix, parts, tuple);
          }
          if (encoder == keys
              && prefix.length() < 208
              && encoded.get(i).slot().length() < 208
              && !encoded.get(i).slot().contains("~sha256=")) {
            // What the text says is what the prefixes say.
            assertThat(encoded.get(i).slot().startsWith(prefix)).isEqualTo(below);
          }
        }
      }
    }
  }

  @Property(tries = 2_000, seed = "4713")
  void encode_anyTuple_hasNoMeaningToGlobsTagsOrTerminals(@ForAll @LongRange(min = 0) long seed)
      throws CharacterCodingException {
    for (List<Object> tuple : tuples(new Random(seed), 4)) {
      SlotKey key = keys.encode(tuple);
      assertThat(key.slot()).doesNotContainPattern("[*?\\[\\]\\\\{}\\x00-\\x20\\x7f-\\xa0\\u202e]");
      assertThat(key.slot()).startsWith("app:things:v1:");
      // Throws on lone surrogates.
      int bytes = StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(key.slot()))
          .remaining();
      assertThat(bytes).isLessThanOrEqualTo(KeySettings.DEFAULT_MAX_BYTES);
      if (!key.slot().contains(":~sha256=")) {
        long colons = key.slot().chars().filter(c -> c == ':').count();
        assertThat(colons).isEqualTo(2L + Math.max(1, tuple.size()));
      }
      assertThat(keys.encodeSlot(tuple)).isEqualTo(key.slot());
    }
  }

  private static List<List<Object>> tuples(Random random, int count) {
    List<List<Object>> tuples = new ArrayList<>();
    while (tuples.size() < count) {
      List<Object> tuple = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        tuple.add(part(random, 0));
      }
      tuples.add(tuple);
      tuples.add(nearMiss(random, tuple));
    }
    return tuples;
  }

  /** A tuple that a careless encoding takes for the given one. */
  private static List<Object> nearMiss(Random random, List<Object> tuple) {
    List<Object> other = new ArrayList<>(tuple);
    if (other.isEmpty()) {
      other.add(random.nextBoolean() ? "" : List.of());
      return other;
    }
    int at = random.nextInt(other.size());
    Object part = other.get(at);
    switch (random.nextInt(9)) {
      case 0 -> other.set(at, String.valueOf(part));
      case 1 -> {
        // Moves a boundary.
        String joined = part + ":" + (at + 1 < other.size() ? other.get(at + 1) : "");
        other.set(at, joined);
      }
      case 2 -> other.add(at, "");
      case 3 -> other.set(at, listOf(part));
      case 4 -> other.remove(at);
      case 5 -> other.add(part(random, 0));
      case 6 -> {
        StringBuilder out = new StringBuilder();
        PartForm.append(out, part, 0);
        other.set(at, out.toString());
      }
      case 7 -> other.set(at, new Pair(part, null));
      default -> other.set(at, copy(part));
    }
    return other;
  }

  private static Object part(Random random, int depth) {
    int kind = random.nextInt(depth < 2 ? 14 : 9);
    if (kind < 3) {
      return WORDS.get(random.nextInt(WORDS.size()));
    }
    if (kind < 6) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(4); i > 0; i--) {
        text.append(HOSTILE.charAt(random.nextInt(HOSTILE.length())));
      }
      return text.toString();
    }
    if (kind < 8) {
      return SCALARS.get(random.nextInt(SCALARS.size()));
    }
    if (kind == 8) {
      return null;
    }
    Object a = part(random, depth + 1);
    Object b = part(random, depth + 1);
    return switch (kind) {
      case 9 -> random.nextBoolean() ? Arrays.asList(a, b) : listOf(a);
      case 10 -> new HashSet<>(Arrays.asList(a, b));
      case 11 -> {
        Map<Object, Object> map = new HashMap<>();
        map.put(a, b);
        map.put(b, a);
        yield map;
      }
      case 12 -> random.nextBoolean() ? new Pair(a, b) : new Couple(a, b);
      default -> Optional.ofNullable(a);
    };
  }

  private static Object copy(Object part) {
    if (part instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    if (part instanceof Set<?> set) {
      List<Object> backwards = new ArrayList<>(set);
      java.util.Collections.reverse(backwards);
      return new LinkedHashSet<>(backwards);
    }
    return part instanceof String text ? new String(text.toCharArray()) : part;
  }

  private static List<Object> listOf(Object part) {
    List<Object> list = new ArrayList<>();
    list.add(part);
    return list;
  }
}
