package dev.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.larder.CodecException;
import dev.larder.ConfigurationException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompressionTest {

  static List<Compression> all() {
    return List.of(
        new ZlibCompression(),
        new ZlibCompression(1),
        new ZlibCompression(9),
        new ZstdCompression(),
        new ZstdCompression(19));
  }

  private static List<byte[]> samples() {
    Random random = new Random(42);
    byte[] noise = new byte[70_000];
    random.nextBytes(noise);
    byte[] text = "{\"name\":\"Halfnote\",\"tags\":[\"a\",\"b\"]},"
        .repeat(5_000)
        .getBytes(StandardCharsets.UTF_8);
    return List.of(
        new byte[0],
        new byte[] {7},
        Arrays.copyOf(text, 255),
        Arrays.copyOf(text, 256),
        Arrays.copyOf(text, 66_000),
        text,
        noise,
        new byte[1_000_000]);
  }

  @ParameterizedTest
  @MethodSource("all")
  void decompress_whatWasCompressed_isEqual(Compression compression) {
    for (byte[] raw : samples()) {
      byte[] packed = compression.compress(raw);
      assertThat(compression.decompress(ByteBuffer.wrap(packed), raw.length)).isEqualTo(raw);

      ByteBuffer direct = ByteBuffer.allocateDirect(packed.length + 9);
      direct.position(5).put(packed).flip().position(5);
      assertThat(compression.decompress(direct, raw.length)).isEqualTo(raw);

      byte[] framed = new byte[packed.length + 9];
      System.arraycopy(packed, 0, framed, 4, packed.length);
      ByteBuffer slice = ByteBuffer.wrap(framed, 4, packed.length).slice();
      assertThat(compression.decompress(slice.asReadOnlyBuffer(), raw.length)).isEqualTo(raw);
      assertThat(compression.decompress(slice, raw.length)).isEqualTo(raw);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void decompress_wrongLength_isRefused(Compression compression) {
    for (byte[] raw : samples()) {
      byte[] packed = compression.compress(raw);
      for (long wrong : new long[] {
        raw.length + 1L, raw.length - 1L, 0, -1, Integer.MIN_VALUE, 2L * raw.length + 1
      }) {
        if (wrong != raw.length) {
          refused(compression, packed, (int) wrong);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void decompress_cutOff_isRefused(Compression compression) {
    byte[] raw = Arrays.copyOf(samples().get(5), 2_000);
    byte[] packed = compression.compress(raw);
    for (int length = 0; length < packed.length; length++) {
      refused(compression, Arrays.copyOf(packed, length), raw.length);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void decompress_trailingBytes_isRefused(Compression compression) {
    byte[] raw = Arrays.copyOf(samples().get(5), 2_000);
    byte[] packed = compression.compress(raw);
    refused(compression, Arrays.copyOf(packed, packed.length + 1), raw.length);
    byte[] nothing = compression.compress(new byte[0]);
    byte[] two = Arrays.copyOf(packed, packed.length + nothing.length);
    System.arraycopy(nothing, 0, two, packed.length, nothing.length);
    refused(compression, two, raw.length);
  }

  @ParameterizedTest
  @MethodSource("all")
  void decompress_anyBitFlipped_isRefusedOrTheSame(Compression compression) {
    byte[] raw = Arrays.copyOf(samples().get(5), 600);
    byte[] packed = compression.compress(raw);
    int refused = 0;
    for (int bit = 0; bit < packed.length * 8; bit++) {
      byte[] flipped = packed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        // A few bits, such as the level noted in a zlib header, mean nothing to the content.
        assertThat(compression.decompress(ByteBuffer.wrap(flipped), raw.length)).isEqualTo(raw);
      } catch (CodecException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(packed.length * 8 * 95 / 100);
  }

  @ParameterizedTest
  @MethodSource("all")
  void decompress_noise_neverThrowsAnythingElse(Compression compression) {
    Random random = new Random(7);
    byte[] start = compression.compress(samples().get(5));
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      System.arraycopy(start, 0, noise, 0, Math.min(random.nextInt(20), noise.length));
      refused(compression, noise, random.nextInt(1_000));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void decompress_bomb_allocatesNoMoreThanDeclared(Compression compression) {
    byte[] bomb = compression.compress(new byte[64 << 20]);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int declared : new int[] {0, 1, 1_000, 1 << 20}) {
      long before = memory.getCurrentThreadAllocatedBytes();
      refused(compression, bomb, declared);
      assertThat(memory.getCurrentThreadAllocatedBytes() - before)
          .isLessThan(declared + (1L << 20));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void decompress_hugeDeclaredLength_allocatesNothing(Compression compression) {
    byte[] packed = compression.compress(new byte[1_000]);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    refused(compression, packed, Integer.MAX_VALUE);
    refused(compression, packed, 1 << 30);
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }

  private static void refused(Compression compression, byte[] packed, int rawLength) {
    assertThatThrownBy(() -> compression.decompress(ByteBuffer.wrap(packed), rawLength))
        .as("%s bytes as %s", packed.length, rawLength)
        .isInstanceOf(CodecException.class);
  }

  @Test
  void new_levelOutOfRange_isRefused() {
    assertThatThrownBy(() -> new ZlibCompression(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ZlibCompression(10)).hasMessageContaining("1 to 9");
    assertThatThrownBy(() -> new ZstdCompression(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ZstdCompression(23)).hasMessageContaining("1 to 22");
  }

  @Test
  void registry_findsByIdAndName() {
    assertThat(Compressions.available())
        .extracting(Compression::name)
        .containsExactly("zlib", "zstd");
    assertThat(Compressions.byId(1)).get().isInstanceOf(ZlibCompression.class);
    assertThat(Compressions.byId(2)).get().isInstanceOf(ZstdCompression.class);
    assertThat(Compressions.byId(3)).isEmpty();
    assertThat(Compressions.byName("zstd").id()).isEqualTo(2);
    assertThatThrownBy(() -> Compressions.byName("lz4"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("available are zlib, zstd");
  }

  @Test
  void registry_withoutZstdOnTheClassPath_hasZlibAlone() throws Exception {
    URL classes = Compressions.class.getProtectionDomain().getCodeSource().getLocation();
    // Only Larder's own classes: nothing of zstd-jni is to be seen.
    try (URLClassLoader bare =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> registry = bare.loadClass(Compressions.class.getName());
      assertThat((List<?>) registry.getMethod("available").invoke(null)).hasSize(1);
      assertThatThrownBy(() -> registry.getMethod("byName", String.class).invoke(null, "zstd"))
          .cause()
          .hasMessageContaining("add com.github.luben:zstd-jni");
      assertThatCode(() -> registry.getMethod("byName", String.class).invoke(null, "zlib"))
          .doesNotThrowAnyException();
    }
  }
}
