package dev.larder.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.larder.CodecException;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.TypeRef;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonCodecTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private final JsonCodecs codecs = new JsonCodecs();

  record Track(String name, int seconds, Optional<Duration> intro, Month month) {}

  record Album(
      long id, String title, List<Track> tracks, Map<Month, Set<String>> tags, Album next) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Group.class, name = "group")
  })
  sealed interface Figure permits Circle, Group {}

  record Circle(double radius) implements Figure {}

  record Group(List<Figure> members, Optional<Figure> first) implements Figure {}

  static Stream<Arguments> values() {
    Album inner = new Album(1, "", List.of(), Map.of(), null);
    return Stream.of(
        Arguments.of(String.class, ""),
        Arguments.of(String.class, "null"),
        Arguments.of(String.class, "é e\u0301 \uD83C\uDFB5 \u0000\n\"\\ \u2028 </script>"),
        Arguments.of(String.class, "lone \uDFB5\uD83C surrogates \uD83C"),
        Arguments.of(Boolean.class, false),
        Arguments.of(Byte.class, (byte) -128),
        Arguments.of(Short.class, Short.MIN_VALUE),
        Arguments.of(Integer.class, Integer.MIN_VALUE),
        Arguments.of(Long.class, Long.MAX_VALUE),
        Arguments.of(Long.class, 0L),
        Arguments.of(Character.class, 'x'),
        Arguments.of(Character.class, '\u0000'),
        Arguments.of(Float.class, 0.1f),
        Arguments.of(Float.class, Float.NaN),
        Arguments.of(Double.class, -0.0),
        Arguments.of(Double.class, Double.MIN_VALUE),
        Arguments.of(Double.class, Double.NaN),
        Arguments.of(Double.class, Double.NEGATIVE_INFINITY),
        Arguments.of(BigInteger.class, BigInteger.TEN.pow(900)),
        Arguments.of(BigDecimal.class, new BigDecimal("1.500")),
        Arguments.of(BigDecimal.class, new BigDecimal("1E+30")),
        Arguments.of(BigDecimal.class, new BigDecimal("-0.000")),
        Arguments.of(UUID.class, new UUID(1, 2)),
        Arguments.of(URI.class, URI.create("https://example.org/a?b=c#d")),
        Arguments.of(Locale.class, Locale.CANADA_FRENCH),
        Arguments.of(Locale.class, Locale.forLanguageTag("zh-Hant-TW")),
        Arguments.of(Currency.class, Currency.getInstance("EUR")),
        Arguments.of(Date.class, new Date(1_234_567_890_123L)),
        Arguments.of(OptionalInt.class, OptionalInt.of(3)),
        Arguments.of(OptionalInt.class, OptionalInt.empty()),
        Arguments.of(OptionalLong.class, OptionalLong.of(3)),
        Arguments.of(OptionalDouble.class, OptionalDouble.of(0.5)),
        Arguments.of(Instant.class, Instant.ofEpochSecond(1, 1)),
        Arguments.of(Instant.class, Instant.MIN),
        Arguments.of(Instant.class, Instant.MAX),
        Arguments.of(LocalDate.class, LocalDate.MAX),
        Arguments.of(LocalTime.class, LocalTime.MAX),
        Arguments.of(LocalDateTime.class, LocalDateTime.MIN),
        Arguments.of(OffsetTime.class, OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(9))),
        Arguments.of(
            OffsetDateTime.class, OffsetDateTime.of(LocalDateTime.MIN, ZoneOffset.ofHours(-9))),
        Arguments.of(ZonedDateTime.class, ZonedDateTime.of(2024, 7, 1, 0, 0, 0, 1, PARIS)),
        Arguments.of(
            ZonedDateTime.class, ZonedDateTime.of(2024, 7, 1, 0, 0, 0, 1, ZoneOffset.ofHours(2))),
        Arguments.of(
            ZonedDateTime.class, ZonedDateTime.of(2024, 7, 1, 0, 0, 0, 1, ZoneId.of("UTC"))),
        // The hour that comes twice.
        Arguments.of(
            ZonedDateTime.class,
            ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, PARIS).withLaterOffsetAtOverlap()),
        Arguments.of(Duration.class, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
        Arguments.of(Duration.class, Duration.ofNanos(-1)),
        Arguments.of(Period.class, Period.of(1, -2, 30)),
        Arguments.of(Year.class, Year.of(-5)),
        Arguments.of(Year.class, Year.of(123_456)),
        Arguments.of(YearMonth.class, YearMonth.of(2024, 2)),
        Arguments.of(MonthDay.class, MonthDay.of(2, 29)),
        Arguments.of(ZoneId.class, PARIS),
        Arguments.of(ZoneOffset.class, ZoneOffset.ofTotalSeconds(-3723)),
        Arguments.of(Month.class, Month.MAY),
        Arguments.of(new TypeRef<Optional<String>>() {}.type(), Optional.empty()),
        Arguments.of(new TypeRef<Optional<String>>() {}.type(), Optional.of("")),
        Arguments.of(new TypeRef<List<String>>() {}.type(), List.of()),
        Arguments.of(new TypeRef<List<String>>() {}.type(), Arrays.asList("a", null, "")),
        Arguments.of(new TypeRef<List<? extends Figure>>() {}.type(), List.of(new Circle(1))),
        Arguments.of(new TypeRef<Map.Entry<String, Long>>() {}.type(), Map.entry("a", 1L)),
        Arguments.of(
            new TypeRef<TreeMap<Integer, Figure>>() {}.type(),
            new TreeMap<>(Map.of(1, new Circle(2)))),
        Arguments.of(
            new TypeRef<EnumMap<Month, Long>>() {}.type(), new EnumMap<>(Map.of(Month.MAY, 1L))),
        Arguments.of(Figure.class, new Circle(0.5)),
        Arguments.of(
            Figure.class,
            new Group(List.of(new Group(List.of(), Optional.empty())), Optional.of(new Circle(1)))),
        Arguments.of(Circle.class, new Circle(3)),
        Arguments.of(
            Album.class,
            new Album(
                Long.MIN_VALUE,
                "x".repeat(100_000),
                List.of(
                    new Track("", 0, Optional.empty(), Month.MAY),
                    new Track(null, -1, Optional.of(Duration.ofMillis(5)), null)),
                Map.of(Month.JUNE, Set.of("a", "b")),
                inner)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void decode_whatWasEncoded_isEqual(Type type, Object value) {
    Codec<Object> codec = codecs.codec(TypeRef.of(type));
    byte[] bytes = codec.encode(value);
    assertThat(codec.decode(ByteBuffer.wrap(bytes))).isEqualTo(value);

    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 7);
    direct.position(3).put(bytes).flip().position(3);
    assertThat(codec.decode(direct)).isEqualTo(value);

    byte[] framed = new byte[bytes.length + 9];
    Arrays.fill(framed, (byte) '7');
    System.arraycopy(bytes, 0, framed, 5, bytes.length);
    ByteBuffer slice = ByteBuffer.wrap(framed, 4, bytes.length + 1).slice().position(1);
    assertThat(codec.decode(slice.asReadOnlyBuffer())).isEqualTo(value);
    assertThat(codec.decode(slice)).isEqualTo(value);
    assertThat(slice.hasRemaining()).isFalse();
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of(new TypeRef<Map<String, Integer>>() {}, ""),
        Arguments.of(new TypeRef<Map<Boolean, Integer>>() {}, true),
        Arguments.of(new TypeRef<Map<Byte, Integer>>() {}, (byte) -1),
        Arguments.of(new TypeRef<Map<Short, Integer>>() {}, (short) -1),
        Arguments.of(new TypeRef<Map<Character, Integer>>() {}, 'x'),
        Arguments.of(new TypeRef<Map<Integer, Integer>>() {}, -1),
        Arguments.of(new TypeRef<Map<Long, Integer>>() {}, Long.MIN_VALUE),
        Arguments.of(new TypeRef<Map<Float, Integer>>() {}, 0.1f),
        Arguments.of(new TypeRef<Map<Double, Integer>>() {}, 0.1),
        Arguments.of(new TypeRef<Map<BigInteger, Integer>>() {}, BigInteger.TEN.pow(30)),
        Arguments.of(new TypeRef<Map<BigDecimal, Integer>>() {}, new BigDecimal("1.50")),
        Arguments.of(new TypeRef<Map<UUID, Integer>>() {}, new UUID(1, 2)),
        Arguments.of(new TypeRef<Map<Instant, Integer>>() {}, Instant.ofEpochSecond(1, 1)),
        Arguments.of(new TypeRef<Map<LocalDate, Integer>>() {}, LocalDate.EPOCH),
        Arguments.of(new TypeRef<Map<LocalTime, Integer>>() {}, LocalTime.NOON),
        Arguments.of(new TypeRef<Map<LocalDateTime, Integer>>() {}, LocalDateTime.MIN),
        Arguments.of(new TypeRef<Map<OffsetTime, Integer>>() {}, OffsetTime.MAX),
        Arguments.of(new TypeRef<Map<OffsetDateTime, Integer>>() {}, OffsetDateTime.MAX),
        Arguments.of(
            new TypeRef<Map<ZonedDateTime, Integer>>() {},
            ZonedDateTime.of(2024, 7, 1, 0, 0, 0, 1, PARIS)),
        Arguments.of(new TypeRef<Map<Duration, Integer>>() {}, Duration.ofMillis(1)),
        Arguments.of(new TypeRef<Map<Period, Integer>>() {}, Period.of(1, 2, 3)),
        Arguments.of(new TypeRef<Map<Year, Integer>>() {}, Year.of(2024)),
        Arguments.of(new TypeRef<Map<YearMonth, Integer>>() {}, YearMonth.of(2024, 2)),
        Arguments.of(new TypeRef<Map<MonthDay, Integer>>() {}, MonthDay.of(2, 29)),
        Arguments.of(new TypeRef<Map<ZoneId, Integer>>() {}, PARIS),
        Arguments.of(new TypeRef<Map<ZoneOffset, Integer>>() {}, ZoneOffset.ofHours(1)),
        Arguments.of(new TypeRef<Map<Locale, Integer>>() {}, Locale.CANADA_FRENCH),
        Arguments.of(new TypeRef<Map<Currency, Integer>>() {}, Currency.getInstance("EUR")),
        Arguments.of(new TypeRef<Map<URI, Integer>>() {}, URI.create("a:b")),
        Arguments.of(new TypeRef<Map<Month, Integer>>() {}, Month.MAY));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void decode_mapKeys_areEqual(TypeRef<Map<Object, Integer>> type, Object key) {
    Codec<Map<Object, Integer>> codec = codecs.codec(type);
    Map<Object, Integer> map = Map.of(key, 7);
    assertThat(codec.decode(ByteBuffer.wrap(codec.encode(map)))).isEqualTo(map);
  }

  @Test
  void encode_arrays_keepTheirElements() {
    Codec<byte[]> bytes = codecs.codec(TypeRef.of(byte[].class));
    assertThat(bytes.decode(ByteBuffer.wrap(bytes.encode(new byte[] {-1, 0, 1}))))
        .containsExactly(-1, 0, 1);
    Codec<long[][]> longs = codecs.codec(TypeRef.of(long[][].class));
    assertThat(longs.decode(ByteBuffer.wrap(longs.encode(new long[][] {{1}, {}}))))
        .isDeepEqualTo(new long[][] {{1}, {}});
  }

  record Shouting(String name) {
    String shout() {
      return name + "!";
    }

    public String getShout() {
      throw new IllegalStateException("must not be stored");
    }
  }

  @Test
  void encode_record_storesItsComponentsOnly() {
    byte[] bytes = codecs.codec(TypeRef.of(Shouting.class)).encode(new Shouting("a"));
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"a\"}");
  }

  @Test
  void encode_valueWithoutForm_isACodecException() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    Codec<List<List<Long>>> codec = codecs.codec(new TypeRef<List<List<Long>>>() {});
    @SuppressWarnings({"unchecked", "rawtypes"})
    List<List<Long>> circular = (List) self;
    assertThatThrownBy(() -> codec.encode(circular)).isInstanceOf(CodecException.class);
  }

  @Test
  void serviceLoader_findsIt() {
    assertThat(ServiceLoader.load(CodecProvider.class))
        .singleElement()
        .isInstanceOf(JsonCodecs.class);
  }
}
