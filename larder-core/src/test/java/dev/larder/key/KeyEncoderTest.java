package dev.larder.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyEncoderTest {

  private static final String BASE = "app:things:v1:";

  private final KeyEncoder keys = KeyEncoder.of(KeySettings.of("app", "things", 1));

  record Listing(String platform, String by, int page) {}

  record Other(String platform, String by, int page) {}

  record Point(int x, int y) {}

  record Nothing() {}

  record Holding(Object held) {}

  private record Hidden(long id, String name) {}

  enum Sort {
    NEWEST,
    OLDEST {
      @Override
      public String toString() {
        return "something else";
      }
    }
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("sort", "sort"),
        Arguments.of("it's", "it's"),
        Arguments.of("", "'"),
        Arguments.of("42", "'42"),
        Arguments.of("-", "'-"),
        Arguments.of("~null", "'~null"),
        Arguments.of("'x", "''x"),
        Arguments.of("a:b", "a%3Ab"),
        Arguments.of("100%", "'100%25"),
        Arguments.of("*?[x]\\", "%2A%3F%5Bx%5D%5C"),
        Arguments.of("{x}", "%7Bx%7D"),
        Arguments.of("(a,b)", "%28a%2Cb%29"),
        Arguments.of("a b\r\n\u0000\u007f", "a%20b%0D%0A%00%7F"),
        Arguments.of("Björk 日本 \uD83C\uDFB5", "Björk%20日本%20\uD83C\uDFB5"),
        Arguments.of("x\uD83C", "x%uD83C"),
        Arguments.of("\uDFB5\uD83C", "%uDFB5%uD83C"),
        Arguments.of(
            "a\u0085\u00A0\u200B\u202E\u2028\uFEFF\uFFFD",
            "a%u0085%u00A0%u200B%u202E%u2028%uFEFF%uFFFD"),
        Arguments.of(42, "42"),
        Arguments.of(-42, "-42"),
        Arguments.of(42L, "42L"),
        Arguments.of((short) 42, "42s"),
        Arguments.of((byte) 42, "42b"),
        Arguments.of(BigInteger.valueOf(42), "42n"),
        Arguments.of(new BigDecimal("42.50"), "42.50m"),
        Arguments.of(new BigDecimal("1E+3"), "1E+3m"),
        Arguments.of(4.5, "4.5d"),
        Arguments.of(4.5f, "4.5f"),
        Arguments.of(0.0, "0d"),
        Arguments.of(-0.0, "-0x0.0p0d"),
        Arguments.of(0.1, "0x1.999999999999ap-4d"),
        Arguments.of(Double.NaN, "~NaNd"),
        Arguments.of(Float.POSITIVE_INFINITY, "~Infinityf"),
        Arguments.of(Double.NEGATIVE_INFINITY, "-Infinityd"),
        Arguments.of(Double.MIN_VALUE, "0x0.0000000000001p-1022d"),
        Arguments.of(true, "~true"),
        Arguments.of(false, "~false"),
        Arguments.of('x', "~Character=x"),
        Arguments.of(':', "~Character=%3A"),
        Arguments.of(
            UUID.fromString("550e8400-e29b-41d4-a716-446655440000"),
            "~UUID=550e8400-e29b-41d4-a716-446655440000"),
        Arguments.of(LocalDate.of(2024, 2, 29), "~LocalDate=2024-02-29"),
        Arguments.of(Instant.ofEpochSecond(0), "~Instant=1970-01-01T00%3A00%3A00Z"),
        Arguments.of(LocalDateTime.of(2024, 2, 29, 10, 0), "~LocalDateTime=2024-02-29T10%3A00"),
        Arguments.of(
            ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("Europe/Paris")),
            "~ZonedDateTime=2024-01-01T00%3A00+01%3A00%5BEurope/Paris%5D"),
        Arguments.of(Duration.ofMillis(1500), "~Duration=PT1.5S"),
        Arguments.of(ZoneId.of("Europe/Paris"), "~ZoneId=Europe/Paris"),
        Arguments.of(Month.MAY, "~java.time.Month.MAY"),
        Arguments.of(Sort.NEWEST, "~dev.larder.key.KeyEncoderTest$Sort.NEWEST"),
        Arguments.of(Sort.OLDEST, "~dev.larder.key.KeyEncoderTest$Sort.OLDEST"),
        Arguments.of(TimeUnit.DAYS, "~java.util.concurrent.TimeUnit.DAYS"),
        Arguments.of(Optional.empty(), "~empty"),
        Arguments.of(Optional.of("x"), "~some=(x)"),
        Arguments.of(Set.of(3, 1, 2), "~set=(1,2,3)"),
        Arguments.of(Map.of("b", 1, "a", 2L), "~map=(a,2L,b,1)"),
        Arguments.of(Set.of(), "~set=()"),
        // Tuples.
        Arguments.of(new Listing("baekjoon", "sort", 1), "baekjoon:sort:1"),
        Arguments.of(List.of("baekjoon", "sort", "page", 1), "baekjoon:sort:page:1"),
        Arguments.of(new Hidden(7, "x"), "7L:x"),
        Arguments.of(Arrays.asList("null", null), "null:~null"),
        Arguments.of(List.of("", "a", ""), "':a:'"),
        Arguments.of(List.of(), "~none"),
        Arguments.of(new Nothing(), "~none"),
        Arguments.of(List.of(List.of()), "()"),
        Arguments.of(List.of(List.of("a", List.of("b")), "c"), "(a,(b)):c"),
        Arguments.of(List.of(new Point(1, 2), 3), "~dev.larder.key.KeyEncoderTest$Point(1,2):3"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void encode_eachKind_readsAsDocumented(Object key, String expected) {
    assertThat(keys.encode(key).slot()).isEqualTo(BASE + expected);
    assertThat(keys.encodeSlot(key)).isEqualTo(BASE + expected);
  }

  @Test
  void encode_sameTextOfDifferentTypes_differs() {
    List<Object> all = Arrays.asList(
        1,
        1L,
        (short) 1,
        (byte) 1,
        1.0,
        1.0f,
        BigInteger.ONE,
        BigDecimal.ONE,
        new BigDecimal("1.0"),
        "1",
        '1',
        "1L",
        "'1",
        true,
        "true",
        "~true",
        null,
        "null",
        "~null",
        "",
        List.of(),
        Set.of(),
        Map.of(),
        Optional.empty(),
        Optional.of(1),
        List.of(1),
        Set.of(1),
        "\u00e9",
        "e\u0301",
        "~none");
    Set<String> slots = new LinkedHashSet<>();
    for (Object part : all) {
      assertThat(slots.add(keys.encodeSlot(Arrays.asList(part, "x"))))
          .as("%s", part)
          .isTrue();
    }
  }

  @Test
  void encode_equalCollectionsOfAnyOrderOrClass_areEqual() {
    Map<Object, Object> one = new LinkedHashMap<>();
    one.put("a", 1);
    one.put("b", new ArrayList<>(List.of("x")));
    Map<Object, Object> two = new LinkedHashMap<>();
    two.put("b", List.of("x"));
    two.put("a", 1);
    assertThat(keys.encodeSlot(List.of(one, "x"))).isEqualTo(keys.encodeSlot(List.of(two, "x")));
  }

  @Test
  void encode_tuple_hasEachProperBoundaryAsPrefix() {
    assertThat(keys.encode(List.of("a", "b", "c")).prefixes())
        .containsExactly(BASE + "a:", BASE + "a:b:");
    assertThat(keys.encode(new Listing("a", "b", 3)).prefixes())
        .containsExactly(keys.prefix("a"), keys.prefix("a", "b"));
    assertThat(keys.encode("a").prefixes()).isEmpty();
    assertThat(keys.encode(List.of("a")).prefixes()).isEmpty();
    assertThat(keys.encode(List.of()).prefixes()).isEmpty();
  }

  @Test
  void encode_manyParts_hasEightPrefixes() {
    List<Integer> parts = Stream.iterate(1, i -> i + 1).limit(20).toList();
    assertThat(keys.encode(parts).prefixes())
        .hasSize(8)
        .endsWith(keys.prefix(parts.subList(0, 8).toArray()));
    assertThatThrownBy(() -> keys.prefix(parts.subList(0, 9).toArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 8");
  }

  @Test
  void prefix_noParts_isRefused() {
    assertThatThrownBy(keys::prefix)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clear the cache");
  }

  @Test
  void prefix_stemAndBase_areWhatKeysBeginWith() {
    assertThat(keys.stem()).isEqualTo("app:things:");
    assertThat(keys.base()).isEqualTo(BASE);
    assertThat(keys.prefix("a:b", 1L, null)).isEqualTo(BASE + "a%3Ab:1L:~null:");
  }

  @Test
  void encode_overLong_isHashedWithPlainShortPrefixes() {
    String shortPart = "user";
    String longPart = "x".repeat(300);
    SlotKey key = keys.encode(List.of(shortPart, longPart, "tail"));
    assertThat(key.slot()).startsWith(BASE + "~sha256=").hasSize(BASE.length() + 8 + 43);
    assertThat(key.prefixes())
        .containsExactly(keys.prefix(shortPart), keys.prefix(shortPart, longPart));
    assertThat(key.prefixes().get(0)).isEqualTo(BASE + "user:");
    assertThat(key.prefixes().get(1)).startsWith(BASE + "~sha256=").endsWith(":");
    assertThat(keys.encodeSlot(List.of(shortPart, longPart, "tail"))).isEqualTo(key.slot());
  }

  @Test
  void encode_lengthLimit_countsUtf8Bytes() {
    int room = KeySettings.DEFAULT_MAX_BYTES - BASE.length();
    assertThat(keys.encodeSlot("x".repeat(room))).doesNotContain("~");
    assertThat(keys.encodeSlot("x".repeat(room + 1))).contains("~sha256=");
    for (String wide : List.of("ö", "日", "\uD83C\uDFB5")) {
      int bytes = wide.getBytes(StandardCharsets.UTF_8).length;
      String fits = wide.repeat(room / bytes) + "x".repeat(room % bytes);
      assertThat(keys.encodeSlot(fits)).doesNotContain("~");
      assertThat(keys.encodeSlot(fits + "x")).contains("~sha256=");
    }
  }

  @Test
  void encode_hashedSettings_neverShowParts() {
    byte[] secret = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    KeyEncoder plain = KeyEncoder.of(new KeySettings("app", "things", 1, true, null, 208));
    KeyEncoder keyed = KeyEncoder.of(new KeySettings("app", "things", 1, true, secret, 208));
    List<Object> key = List.of("alice", 1);
    for (KeyEncoder each : List.of(plain, keyed)) {
      SlotKey slot = each.encode(key);
      assertThat(slot.slot()).doesNotContain("alice").isEqualTo(each.encodeSlot(key));
      assertThat(slot.prefixes()).containsExactly(each.prefix("alice"));
      assertThat(slot.prefixes().get(0)).doesNotContain("alice").endsWith(":");
      assertThat(slot.slot() + ":").isNotEqualTo(slot.prefixes().get(0));
    }
    assertThat(plain.encodeSlot(key)).startsWith(BASE + "~sha256=");
    assertThat(keyed.encodeSlot(key)).startsWith(BASE + "~hmac=");
  }

  @Test
  void encode_digestOfKnownKey_staysTheSame() {
    KeyEncoder plain = KeyEncoder.of(new KeySettings("app", "things", 1, true, null, 208));
    KeyEncoder keyed = KeyEncoder.of(new KeySettings(
        "app", "things", 1, true, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII), 208));
    assertThat(plain.encodeSlot("alice"))
        .isEqualTo(BASE + "~sha256=5Lut1HOkRP-jE7lMKaM93Jv1X63XRMHLAmije36ap2k");
    assertThat(keyed.encodeSlot("alice"))
        .isEqualTo(BASE + "~hmac=ACMOdHNkCznpFKJaB33RF_R-jGkP_vhaR-NkCfr3hEM");
  }

  @Test
  void encode_textThatImitatesADigest_isMarked() {
    String hashed =
        KeyEncoder.of(new KeySettings("app", "things", 1, true, null, 208)).encodeSlot("a");
    assertThat(keys.encodeSlot(hashed.substring(BASE.length()))).isNotEqualTo(hashed);
  }

  @Test
  void encode_partWithoutStableForm_namesPlaceAndType() {
    Supplier<String> lambda = () -> "secret";
    assertThatThrownBy(() -> keys.encode(List.of("a", new int[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cache \"things\": key part 2: int[] has no stable form: arrays are equal by identity;"
                + " use a List");
    assertThatThrownBy(() -> keys.encode(new Holding(List.of(1, Map.of("k", new Date(0))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("component held of dev.larder.key.KeyEncoderTest$Holding")
        .hasMessageContaining("element 1, map entry: java.util.Date has no stable form");
    assertThatThrownBy(() -> keys.prefix("a", lambda)).hasMessageContaining("lambdas");
    for (Object bad : List.of(
        new Object(),
        lambda,
        new StringBuilder("x"),
        Locale.ROOT,
        new ArrayDeque<>(),
        Stream.empty(),
        List.of(1).iterator(),
        new Thread(),
        TimeZone.getDefault())) {
      assertThatThrownBy(() -> keys.encode(bad)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> keys.encodeSlot(Optional.of(bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void encode_listInItself_isRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThatThrownBy(() -> keys.encode(list))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void encode_recordsOfTwoClasses_areRefused() {
    keys.encode(new Listing("a", "b", 1));
    assertThatThrownBy(() -> keys.encode(new Other("a", "b", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("KeyEncoderTest$Listing")
        .hasMessageContaining("KeyEncoderTest$Other");
  }

  @Test
  void encode_accessorThatThrows_passesItOn() {
    record Failing(String name) {
      @Override
      public String name() {
        throw new IllegalStateException("no name");
      }
    }
    assertThatThrownBy(() -> keys.encode(new Failing("x"))).hasMessage("no name");
  }
}
