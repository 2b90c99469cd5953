package dev.larder.key;

import dev.larder.ConfigurationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one cache decides about its slot keys.
 *
 * @param keyPrefix the application's own name, 1 to 64 of {@code A-Z a-z 0-9 _ . -}
 * @param cache the cache's name, in the same form
 * @param version 0 or more; raise it when keys or values change their meaning, and all that was
 *     stored before is out of reach
 * @param hashed whether the parts are stored as a digest only, for keys that nobody may read in the
 *     store
 * @param secret at least 16 bytes that make the digests HMACs, so that keys cannot be guessed from
 *     them; null for plain digests, which hide little when there are few possible keys
 * @param maxBytes the longest slot key in UTF-8 bytes, {@value #LEAST_MAX_BYTES} to
 *     {@value #GREATEST_MAX_BYTES}; what would be longer is stored as a digest
 * @param purpose what the cache is for, such as {@code query}: 1 to {@value #LONGEST_PURPOSE} of
 *     {@code a-z 0-9 _ -}; empty if nothing is said. It stands before the name of the cache
 */
public record KeySettings(
    String keyPrefix,
    String cache,
    int version,
    boolean hashed,
    byte @Nullable [] secret,
    int maxBytes,
    String purpose) {

  /** The usual {@code maxBytes}. */
  public static final int DEFAULT_MAX_BYTES = 208;

  /** The least {@code maxBytes}: a digest fits below the longest names and version. */
  public static final int LEAST_MAX_BYTES = 208;

  /** The greatest {@code maxBytes}. */
  public static final int GREATEST_MAX_BYTES = 4096;

  /** The longest purpose, so that a digest fits behind the longest names. */
  public static final int LONGEST_PURPOSE = 13;

  private static final int LONGEST_NAME = 64;
  private static final int SHORTEST_SECRET = 16;

  /**
   * Copies the secret.
   *
   * @throws ConfigurationException naming every setting out of range
   */
  public KeySettings {
    List<String> faults = new ArrayList<>();
    checkName("key prefix", keyPrefix, faults);
    checkName("cache name", cache, faults);
    if (version < 0) {
      faults.add("key version " + version + ": allowed are 0 and more");
    }
    if (secret != null && secret.length < SHORTEST_SECRET) {
      faults.add(
          "key secret of " + secret.length + " bytes: at least " + SHORTEST_SECRET + " are needed");
    }
    if (maxBytes < LEAST_MAX_BYTES || maxBytes > GREATEST_MAX_BYTES) {
      faults.add("longest key of "
          + maxBytes
          + " bytes: allowed are "
          + LEAST_MAX_BYTES
          + " to "
          + GREATEST_MAX_BYTES);
    }
    if (!isPurpose(purpose) && !purpose.isEmpty()) {
      faults.add("purpose \"" + KeyText.shown(purpose) + "\": allowed are 1 to " + LONGEST_PURPOSE
          + " of a-z 0-9 _ -");
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(String.join("; ", faults));
    }
    secret = secret == null ? null : secret.clone();
  }

  /** Of a cache for no purpose in particular. */
  public KeySettings(
      String keyPrefix,
      String cache,
      int version,
      boolean hashed,
      byte @Nullable [] secret,
      int maxBytes) {
    this(keyPrefix, cache, version, hashed, secret, maxBytes, "");
  }

  /** Whether a text may be a purpose. */
  public static boolean isPurpose(String text) {
    return text.matches("[a-z0-9_-]{1," + LONGEST_PURPOSE + "}");
  }

  /** Plain keys of at most {@value #DEFAULT_MAX_BYTES} bytes. */
  public static KeySettings of(String keyPrefix, String cache, int version) {
    return new KeySettings(keyPrefix, cache, version, false, null, DEFAULT_MAX_BYTES);
  }

  /** A copy of the secret, or null. */
  @Override
  public byte @Nullable [] secret() {
    return secret == null ? null : secret.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeySettings that
        && keyPrefix.equals(that.keyPrefix)
        && cache.equals(that.cache)
        && version == that.version
        && hashed == that.hashed
        && maxBytes == that.maxBytes
        && purpose.equals(that.purpose)
        && Arrays.equals(secret, that.secret);
  }

  @Override
  public int hashCode() {
    return (keyPrefix.hashCode() * 31 + cache.hashCode()) * 31 + version;
  }

  /** Everything but the secret. */
  @Override
  public String toString() {
    return "KeySettings["
        + keyPrefix
        + ':'
        + named()
        + ":v"
        + version
        + (hashed ? ", hashed" : "")
        + (secret == null ? "" : ", with a secret")
        + ", at most "
        + maxBytes
        + " bytes]";
  }

  /** The cache as it stands in keys, behind its purpose. */
  String named() {
    return purpose.isEmpty() ? cache : purpose + '/' + cache;
  }

  private static void checkName(String what, String name, List<String> faults) {
    boolean right = !name.isEmpty() && name.length() <= LONGEST_NAME;
    for (int i = 0; right && i < name.length(); i++) {
      char c = name.charAt(i);
      right = (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '_'
          || c == '.'
          || c == '-';
    }
    if (!right) {
      faults.add(what
          + " \""
          + KeyText.shown(name)
          + "\": allowed are 1 to "
          + LONGEST_NAME
          + " of A-Z a-z 0-9 _ . -");
    }
  }

  /** The usual settings: version 1, plain keys, the usual limit. */
  public static KeySettings of(String keyPrefix, String cache) {
    return new KeySettings(keyPrefix, cache, 1, false, null, DEFAULT_MAX_BYTES);
  }
}
