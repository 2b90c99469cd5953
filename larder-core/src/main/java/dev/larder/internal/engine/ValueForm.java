package dev.larder.internal.engine;

import dev.larder.CacheException;
import dev.larder.CachePolicy;
import dev.larder.CodecException;
import dev.larder.ConfigurationException;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.Compression;
import dev.larder.codec.Compressions;
import dev.larder.internal.entry.Sealed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The stored form of one cache's values: codec, compression, limits. Safe for many threads. */
final class ValueForm<V> {

  /** An encoded value is longer than the cache allows. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
      super(message, null, false, false);
    }
  }

  private final Codec<V> codec;
  private final @Nullable Compression compression;
  private final int compressAbove;
  private final int maxBytes;
  private final int fingerprint;
  private final @Nullable ValueCipher cipher;

  private ValueForm(
      CachePolicy<?, V> policy,
      Codec<V> codec,
      @Nullable Compression compression,
      @Nullable ValueCipher cipher) {
    this.codec = codec;
    this.compression = compression;
    this.compressAbove = policy.compressAbove();
    this.maxBytes = policy.maxValueBytes();
    this.cipher = cipher;
    // Nodes that encrypt and nodes that don't never read each other's.
    this.fingerprint = cipher == null ? codec.fingerprint() : ~codec.fingerprint();
  }

  /** The codecs given, else those on the class path; null if there are none. */
  static @Nullable CodecProvider codecs(@Nullable CodecProvider given) {
    return given != null
        ? given
        : ServiceLoader.load(CodecProvider.class).findFirst().orElse(null);
  }

  /**
   * The form of a cache's values.
   *
   * @param given the codecs to use; null for those on the class path
   * @param secrets for encrypted values; the first encrypts
   * @throws ConfigurationException if there are none, or they refuse the type
   */
  static <V> ValueForm<V> of(
      String cache, CachePolicy<?, V> policy, @Nullable CodecProvider given, List<byte[]> secrets) {
    CodecProvider codecs = codecs(given);
    if (codecs == null) {
      throw new ConfigurationException(
          "cache " + cache + ": values need a codec below L1; add larder-json or set codecs()");
    }
    Compression compression =
        policy.compressAbove() == 0 ? null : Compressions.byName(policy.compression());
    if (policy.encrypted() && secrets.isEmpty()) {
      throw new ConfigurationException("cache " + cache
          + ": encrypted values need a secret; set valueSecret (larder.value-secret), or leave"
          + " encrypted() out");
    }
    return new ValueForm<>(
        policy,
        codecs.codec(policy.valueType()),
        compression,
        policy.encrypted() ? new ValueCipher(secrets) : null);
  }

  int fingerprint() {
    return fingerprint;
  }

  /** Times and positions of an entry to seal. */
  record Frame(
      long epoch,
      long asOf,
      long keyAsOf,
      long writtenMillis,
      long freshMillis,
      long lifeMillis,
      List<String> tags) {}

  /** Whether two values have the same stored form. */
  boolean isSame(V one, V other) {
    return Arrays.equals(codec.encode(one), codec.encode(other));
  }

  Sealed seal(String slot, Sealed.Kind kind, @Nullable V value, Frame frame) throws TooLarge {
    byte[] raw = kind == Sealed.Kind.VALUE && value != null ? codec.encode(value) : new byte[0];
    if (raw.length > maxBytes) {
      throw new TooLarge(raw.length + " bytes encoded, at most " + maxBytes);
    }
    byte[] packed = raw;
    int id = 0;
    if (compression != null && compressAbove > 0 && raw.length >= compressAbove) {
      byte[] smaller = compression.compress(raw);
      if (smaller.length < raw.length) {
        packed = smaller;
        id = compression.id();
      }
    }
    if (cipher != null && kind == Sealed.Kind.VALUE) {
      byte[] text = new byte[packed.length + 1];
      text[0] = (byte) id;
      System.arraycopy(packed, 0, text, 1, packed.length);
      packed = cipher.encrypt(slot, text);
      id = Sealed.ENCRYPTED;
    }
    return new Sealed(
        kind,
        id,
        raw.length,
        fingerprint,
        frame.epoch(),
        frame.asOf(),
        frame.keyAsOf(),
        frame.writtenMillis(),
        frame.freshMillis(),
        frame.lifeMillis(),
        frame.tags(),
        ByteBuffer.wrap(packed));
  }

  /**
   * The value of an entry; null for absences and nulls.
   *
   * @throws CodecException if it cannot be read
   */
  @Nullable V value(String slot, Sealed entry) {
    if (entry.kind() != Sealed.Kind.VALUE) {
      return null;
    }
    if (entry.rawLength() > maxBytes) {
      throw new CodecException(
          "declares " + entry.rawLength() + " bytes, at most " + maxBytes + " are read");
    }
    ByteBuffer payload = entry.payload();
    int id = entry.compression();
    if ((id == Sealed.ENCRYPTED) != (cipher != null)) {
      throw new CodecException(cipher == null ? "encrypted" : "not encrypted, as this cache is");
    }
    if (cipher != null) {
      payload = ByteBuffer.wrap(cipher.decrypt(slot, payload));
      id = payload.get();
    }
    if (id != 0) {
      Optional<Compression> by = Compressions.byId(id);
      if (by.isEmpty()) {
        throw new CodecException("compression " + id + " is not available");
      }
      payload = ByteBuffer.wrap(by.get().decompress(payload, entry.rawLength()));
    }
    try {
      return codec.decode(payload);
    } catch (CacheException known) {
      throw known;
    } catch (RuntimeException unexpected) {
      throw new CodecException("the codec failed", unexpected);
    }
  }
}
