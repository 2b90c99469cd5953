package dev.larder.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.Codec;
import dev.larder.codec.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripPropertiesTest {

  private final Codec<Leaf> leaves = new JsonCodecs().codec(TypeRef.of(Leaf.class));
  private final Codec<Tree> trees = new JsonCodecs().codec(TypeRef.of(Tree.class));

  record Leaf(
      byte small,
      short shorter,
      int number,
      long longer,
      float fraction,
      double wider,
      char letter,
      boolean flag,
      String text) {}

  record Moments(Instant instant, OffsetDateTime offset, ZonedDateTime zoned, Duration span) {}

  record Tree(
      String name,
      List<String> lines,
      Map<String, BigDecimal> numbers,
      Optional<BigInteger> big,
      Moments moments,
      List<Tree> parts) {}

  @Property(tries = 2_000, seed = "4721")
  void decode_anyLeaf_isEqual(
      @ForAll byte small,
      @ForAll short shorter,
      @ForAll int number,
      @ForAll long longer,
      @ForAll float fraction,
      @ForAll double wider,
      @ForAll char letter,
      @ForAll boolean flag,
      @ForAll String text) {
    Leaf leaf = new Leaf(small, shorter, number, longer, fraction, wider, letter, flag, text);
    assertThat(leaves.decode(ByteBuffer.wrap(leaves.encode(leaf)))).isEqualTo(leaf);
  }

  @Property(tries = 500, seed = "4722")
  void decode_anyTree_isEqual(@ForAll("trees") Tree tree) {
    byte[] bytes = trees.encode(tree);
    assertThat(trees.decode(ByteBuffer.wrap(bytes))).isEqualTo(tree);
    // Equal values have equal bytes in every process, but for the order of their maps.
    assertThat(trees.encode(tree)).isEqualTo(bytes);
  }

  @Provide
  Arbitrary<Tree> trees() {
    return tree(2);
  }

  private Arbitrary<Tree> tree(int depth) {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(12).injectNull(0.1);
    Arbitrary<Instant> instants = Combinators.combine(
            Arbitraries.longs().between(-31_557_014_167_219_200L, 31_556_889_864_403_199L),
            Arbitraries.integers().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
    Arbitrary<Moments> moments = Combinators.combine(
            instants,
            Arbitraries.longs().between(-1_000_000_000_000L, 1_000_000_000_000L),
            Arbitraries.integers().between(-64_800, 64_800),
            Arbitraries.of("Europe/Paris", "UTC", "Asia/Kathmandu", "America/St_Johns"),
            Arbitraries.longs())
        .as((instant, second, offset, zone, span) -> new Moments(
            instant,
            Instant.ofEpochSecond(second).atOffset(ZoneOffset.ofTotalSeconds(offset)),
            Instant.ofEpochSecond(second).atZone(ZoneId.of(zone)),
            Duration.ofNanos(span)));
    Arbitrary<List<Tree>> parts =
        depth == 0 ? Arbitraries.just(List.of()) : tree(depth - 1).list().ofMaxSize(2);
    return Combinators.combine(
            text,
            text.list().ofMaxSize(4),
            Arbitraries.maps(
                    Arbitraries.strings().ofMaxLength(5),
                    Arbitraries.bigDecimals().ofScale(7).injectNull(0.1))
                .ofMaxSize(3),
            Arbitraries.bigIntegers().optional(),
            moments.injectNull(0.1),
            parts)
        .as(Tree::new);
  }
}
