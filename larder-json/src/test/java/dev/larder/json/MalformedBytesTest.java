package dev.larder.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.larder.CodecException;
import dev.larder.codec.Codec;
import dev.larder.codec.TypeRef;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedBytesTest {

  private final JsonCodecs codecs = new JsonCodecs();

  enum Kind {
    SONG,
    SKIT
  }

  record Track(long id, String name, Kind kind, boolean live, double score, Instant at) {}

  record Album(int id, List<Track> tracks, Map<String, BigDecimal> prices, Optional<Album> next) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle")})
  interface Figure {}

  record Circle(double radius) implements Figure {}

  private static final Album ALBUM = new Album(
      7,
      List.of(new Track(1, "é\n\"", Kind.SKIT, true, 0.5, Instant.EPOCH)),
      Map.of("eur", new BigDecimal("9.90")),
      Optional.of(new Album(8, List.of(), Map.of(), Optional.empty())));

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of(Album.class, ""),
        Arguments.of(Album.class, " "),
        Arguments.of(Album.class, "null"),
        Arguments.of(Album.class, "[]"),
        Arguments.of(Album.class, "7"),
        Arguments.of(Album.class, "{"),
        Arguments.of(Album.class, "{\"id\":7}x"),
        Arguments.of(Album.class, "{\"id\":7}{\"id\":7}"),
        Arguments.of(Album.class, "{\"id\":7} "),
        Arguments.of(Album.class, "{\"id\":7}\n"),
        Arguments.of(Album.class, "{\"id\":7}\u0000"),
        Arguments.of(Album.class, "{\"id\":7} // x"),
        Arguments.of(Album.class, "{'id':7}"),
        Arguments.of(Album.class, "{\"id\":7,\"other\":1}"),
        Arguments.of(Album.class, "{\"id\":\"7\"}"),
        Arguments.of(Album.class, "{\"id\":7.5}"),
        Arguments.of(Album.class, "{\"id\":7.0}"),
        Arguments.of(Album.class, "{\"id\":null}"),
        Arguments.of(Album.class, "{\"id\":2147483648}"),
        Arguments.of(Album.class, "{\"id\":true}"),
        Arguments.of(Album.class, "{\"tracks\":{}}"),
        Arguments.of(Album.class, "{\"tracks\":\"\"}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"kind\":0}]}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"kind\":\"0\"}]}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"kind\":\"LIVE\"}]}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"kind\":\"\"}]}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"live\":\"true\"}]}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"live\":1}]}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"name\":1}]}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"score\":\"0.5\"}]}"),
        Arguments.of(Album.class, "{\"tracks\":[{\"at\":\"yesterday\"}]}"),
        Arguments.of(Album.class, "{\"prices\":{\"eur\":" + "9".repeat(2_000) + "}}"),
        Arguments.of(Figure.class, "{\"@type\":\"square\"}"),
        Arguments.of(Figure.class, "{\"@type\":\"" + Circle.class.getName() + "\"}"),
        Arguments.of(Figure.class, "{\"radius\":1}"),
        Arguments.of(Figure.class, "{}"),
        Arguments.of(Kind.class, "\"\""),
        Arguments.of(String.class, "1"),
        Arguments.of(String.class, "\"\\ud83c"),
        Arguments.of(String.class, "\"a\" \"b\""),
        Arguments.of(Long.class, "9223372036854775808"),
        Arguments.of(Long.class, "1e3"),
        Arguments.of(Boolean.class, "0"),
        Arguments.of(byte[].class, "\"%%%\""),
        Arguments.of(new TypeRef<List<Long>>() {}.type(), "[1,]"),
        Arguments.of(new TypeRef<List<Long>>() {}.type(), "1"),
        Arguments.of(new TypeRef<Map<Long, Long>>() {}.type(), "{\"x\":1}"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void decode_malformed_isACodecExceptionWithoutValues(Type type, String json) {
    Codec<Object> codec = codecs.codec(TypeRef.of(type));
    ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("not JSON of ");
  }

  @Test
  void decode_wrongValueInAMap_namesThePlaceButNotTheData() {
    Codec<Map<String, Album>> codec = codecs.codec(new TypeRef<Map<String, Album>>() {});
    ByteBuffer bytes =
        ByteBuffer.wrap("{\"alice\":{\"tracks\":[{\"name\":\"\"},{\"score\":\"secret\"}]}}"
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("at {}.tracks[1].score")
        .message()
        .doesNotContain("alice", "secret");
  }

  @Test
  void decode_cutOffAnywhere_isACodecException() {
    Codec<Album> codec = codecs.codec(TypeRef.of(Album.class));
    byte[] bytes = codec.encode(ALBUM);
    for (int length = 0; length < bytes.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CodecException.class);
    }
  }

  @Test
  void decode_anyBitFlipped_isAValueOrACodecException() {
    Codec<Album> codec = codecs.codec(TypeRef.of(Album.class));
    byte[] bytes = codec.encode(ALBUM);
    int refused = 0;
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refused += isRefused(codec, flipped) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(bytes.length * 8 / 2);
  }

  @Test
  void decode_noise_isAValueOrACodecException() {
    Random random = new Random(42);
    byte[] start = codecs.codec(TypeRef.of(Album.class)).encode(ALBUM);
    byte[] alphabet =
        "{}[]\",:\\u0123456789.eE+-truefalsn \uFEFF\u0000é".getBytes(StandardCharsets.UTF_8);
    List<Codec<?>> all = List.of(
        codecs.codec(TypeRef.of(Album.class)),
        codecs.codec(TypeRef.of(Figure.class)),
        codecs.codec(TypeRef.of(String.class)),
        codecs.codec(new TypeRef<Map<Long, Optional<Instant>>>() {}));
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = Arrays.copyOf(start, random.nextInt(start.length));
      for (int at = random.nextInt(noise.length + 1); at < noise.length; at++) {
        noise[at] = random.nextInt(4) == 0
            ? (byte) random.nextInt()
            : alphabet[random.nextInt(alphabet.length)];
      }
      isRefused(all.get(i % all.size()), noise);
    }
  }

  private static boolean isRefused(Codec<?> codec, byte[] bytes) {
    try {
      assertThat((Object) codec.decode(ByteBuffer.wrap(bytes))).isNotNull();
      return false;
    } catch (CodecException expected) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"next\":", "[", "{\"tracks\":["})
  void decode_deepNesting_isACodecException(String open) {
    Codec<Album> codec = codecs.codec(TypeRef.of(Album.class));
    Codec<List<List<Long>>> lists = codecs.codec(new TypeRef<List<List<Long>>>() {});
    byte[] deep = open.repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(deep)))
        .isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> lists.decode(ByteBuffer.wrap(deep)))
        .isInstanceOf(CodecException.class);
  }

  record Failing(String how) {
    Failing {
      switch (how) {
        case "runtime" -> throw new IllegalStateException("secret");
        case "assertion" -> throw new AssertionError("secret");
        case "stack" -> deeper(1);
        case "linkage" -> throw new NoClassDefFoundError("secret");
        default -> {}
      }
    }

    private static int deeper(int depth) {
      return depth == 0 ? 0 : deeper(depth + 1) + 1;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"runtime", "assertion", "linkage", "stack"})
  void decode_constructorThatThrows_isACodecException(String how) {
    Codec<Failing> codec = codecs.codec(TypeRef.of(Failing.class));
    ByteBuffer bytes =
        ByteBuffer.wrap(("{\"how\":\"" + how + "\"}").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .message()
        .doesNotContain("secret");
  }
}
