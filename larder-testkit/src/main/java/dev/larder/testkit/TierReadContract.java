package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import dev.larder.tier.Tier.Fill;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The part of {@link TierContract} that is about reading. */
abstract class TierReadContract extends Contract {

  final Tier tier() {
    return store().tier();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] body(Slot slot) {
    assertThat(slot).isInstanceOf(Slot.Filled.class);
    ByteBuffer body = ((Slot.Filled) slot).body();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }

  final Slot read(String key) {
    return get(tier().read(key));
  }

  final long planted(String key) {
    long nonce = nonce();
    assertThat(get(tier().plant(key, 0L, nonce, LONG))).isTrue();
    return nonce;
  }

  final long filled(String key, String body) {
    long nonce = nonce();
    assertThat(get(tier().fill(key, planted(key), new Fill(nonce, bytes(body), LONG))))
        .isTrue();
    return nonce;
  }

  @Test
  void read_nothingThere_isFree() {
    assertThat(read(key("1"))).isEqualTo(Slot.Empty.FREE);
    assertThat(read(key("1")).nonce()).isZero();
  }

  @Test
  void read_placeholder_hasItsNonce() {
    long nonce = planted(key("1"));
    assertThat(read(key("1"))).isEqualTo(new Slot.Placeholder(nonce));
  }

  @Test
  void read_entry_hasNonceAndBody() {
    long nonce = filled(key("1"), "body");
    assertThat(read(key("1")).nonce()).isEqualTo(nonce);
    assertThat(body(read(key("1")))).isEqualTo(bytes("body"));
  }

  @Test
  void read_twice_givesBuffersThatDoNotShareAnything() {
    filled(key("1"), "body");
    ByteBuffer first = ((Slot.Filled) read(key("1"))).body();
    first.position(first.limit());
    if (!first.isReadOnly()) {
      first.put(first.limit() - 1, (byte) 'X');
    }
    assertThat(body(read(key("1")))).isEqualTo(bytes("body"));
  }

  @Test
  void read_extremeNonces_comeBackWhole() {
    for (long nonce :
        new long[] {1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53 | 1, 10, 0x0a0d}) {
      String key = key("nonce:" + nonce);
      assertThat(get(tier().plant(key, 0L, nonce, LONG))).isTrue();
      assertThat(read(key)).isEqualTo(new Slot.Placeholder(nonce));
      assertThat(get(tier().fill(key, nonce, new Fill(nonce - 2, bytes("b"), LONG))))
          .isTrue();
      assertThat(read(key).nonce()).isEqualTo(nonce - 2);
      assertThat(get(tier().release(key, nonce - 2))).isTrue();
    }
  }

  @Test
  void read_anyBytes_comeBackWhole() {
    byte[] all = new byte[256 * 3];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    byte[] large = new byte[1 << 20];
    new Random(42).nextBytes(large);
    for (byte[] body : List.of(all, large, new byte[] {0}, new byte[] {'\n'})) {
      String key = key("bytes:" + body.length + ":" + body[0]);
      assertThat(get(tier().fill(key, planted(key), new Fill(nonce(), body, LONG))))
          .isTrue();
      assertThat(Arrays.equals(body(read(key)), body)).isTrue();
    }
  }

  @Test
  void read_hostileKeys_areApart() {
    List<String> keys = hostileTexts().map(this::key).toList();
    Map<String, Long> nonces = new HashMap<>();
    keys.forEach(key -> nonces.put(key, filled(key, key)));
    Map<String, Slot> slots = get(tier().readAll(keys));
    assertThat(slots).hasSameSizeAs(keys);
    for (String key : keys) {
      assertThat(body(read(key))).isEqualTo(bytes(key));
      assertThat(at(slots, key).nonce()).isEqualTo(at(nonces, key));
    }
  }

  @Test
  void read_keysThatDifferInCaseOrTrailingSpace_areApart() {
    filled(key("a"), "lower");
    filled(key("A"), "upper");
    filled(key("a "), "space");
    assertThat(body(read(key("a")))).isEqualTo(bytes("lower"));
    assertThat(body(read(key("A")))).isEqualTo(bytes("upper"));
    assertThat(body(read(key("a ")))).isEqualTo(bytes("space"));
  }

  @Test
  void readAll_hasEachAskedKey() {
    long filled = filled(key("entry"), "body");
    long planted = planted(key("placeholder"));
    List<String> asked = List.of(key("entry"), key("placeholder"), key("nothing"), key("entry"));
    Map<String, Slot> slots = get(tier().readAll(asked));
    assertThat(slots).containsOnlyKeys(key("entry"), key("placeholder"), key("nothing"));
    assertThat(at(slots, key("entry")).nonce()).isEqualTo(filled);
    assertThat(body(at(slots, key("entry")))).isEqualTo(bytes("body"));
    assertThat(slots).containsEntry(key("placeholder"), new Slot.Placeholder(planted));
    assertThat(slots).containsEntry(key("nothing"), Slot.Empty.FREE);
  }

  @Test
  void emptyCollections_doNothing() {
    assertThat(get(tier().readAll(List.of()))).isEmpty();
    assertThat(get(tier().plantAll(Map.of(), LONG))).isEmpty();
    assertThat(get(tier().fillAll(Map.of(), Map.of()))).isEmpty();
    get(tier().delete(List.of()));
  }

  @Test
  void size_isUnknownOrPlausible() {
    assertThat(get(tier().size(keyPrefix()))).isIn(-1L, 0L);
    filled(key("1"), "v");
    assertThat(get(tier().size(keyPrefix()))).isGreaterThanOrEqualTo(-1);
    hostileTexts().forEach(text -> assertThat(get(tier().size(text))).isGreaterThanOrEqualTo(-1));
  }
}
