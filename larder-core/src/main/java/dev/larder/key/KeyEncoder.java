package dev.larder.key;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names the slots of one cache.
 *
 * <p>A slot key reads {@code {prefix}:{cache}:v{version}:{parts…}}, such as
 * {@code algoitny:problem_list:v1:baekjoon:sort:page:1}. A key is a tuple of parts: a record (its
 * components), a list (its elements), or one scalar, which is the tuple of that one part. Equal tuples
 * have equal slot keys and different tuples different ones, in every process and on every JDK, so parts
 * are typed. Numbers read as in Java:
 *
 * <pre>
 * "sort"  sort        ""      '           42     42     true         ~true
 * "42"    '42         "it's"  it's        42L    42L    null         ~null
 * "a:b"   a%3Ab       "~x"    '~x         4.5    4.5d   Sort.NEWEST  ~com.acme.Sort.NEWEST
 * "*"     %2A         "-"     '-          4.5f   4.5f   LocalDate    ~LocalDate=2024-02-29
 *
 * short 7s, byte 7b, BigInteger 7n, BigDecimal 7.50m, char ~Character=x, UUID ~UUID=…
 * in a part: list (a,b)  set ~set=(a,b)  map ~map=(k,v)  record ~com.acme.Point(1,2)
 * Optional ~some=(a) or ~empty   the tuple of no parts ~none
 * </pre>
 *
 * <p>What separates parts, widens a glob, or chooses a cluster slot ({@code : % * ? [ ] \ { } ( ) ,}),
 * blanks and controls are escaped as {@code %XX}, others that hide or reorder text and lone surrogates
 * as {@code %uXXXX}; all other characters stay as they are, so equal-looking text of different code
 * points stays different. A slot key is always well-formed Unicode.
 *
 * <p>When keys are hashed, or one would be longer than the limit, the parts are replaced by
 * {@code ~sha256=…}, or {@code ~hmac=…} with a secret: the base64url digest of the whole plain key. No
 * plain key reads like that. A prefix is hashed by the same rule, each boundary for itself, so a prefix
 * covers long keys and short ones.
 *
 * <p>Records of two classes with equal components would share a slot, so one encoder takes one
 * record class as key. Keys are read while they are encoded; the caller must not change them meanwhile.
 * Safe for many threads.
 */
public final class KeyEncoder {

  /** At most this many prefixes cover a key: those of its first parts. */
  public static final int MOST_PREFIXES = 8;

  private static final int[] NO_BOUNDARIES = {};

  private final KeySettings settings;
  private final String stem;
  private final String base;
  private final KeyDigest digest;

  /** The name, not the class: an encoder may outlive the class loader of its first key. */
  private volatile @Nullable String tupleType;

  private KeyEncoder(KeySettings settings) {
    this.settings = settings;
    this.stem = settings.keyPrefix() + ':' + settings.cache() + ':';
    this.base = settings.keyPrefix() + ':' + settings.named() + ":v" + settings.version() + ':';
    this.digest = new KeyDigest(settings.secret());
  }

  /** An encoder for one cache. */
  public static KeyEncoder of(KeySettings settings) {
    return new KeyEncoder(settings);
  }

  /**
   * The slot of a key and the prefixes that cover it.
   *
   * @throws IllegalArgumentException if a part has no stable form; the message names the part and its
   *     type, never its value
   */
  public SlotKey encode(Object key) {
    StringBuilder text = start();
    int[] boundaries = tuple(text, key, true);
    String[] prefixes = new String[boundaries.length];
    for (int i = 0; i < boundaries.length; i++) {
      prefixes[i] = prefix(text.substring(0, boundaries[i]));
    }
    return new SlotKey(slot(text), List.of(prefixes));
  }

  /**
   * The slot of a key.
   *
   * @throws IllegalArgumentException as {@link #encode}
   */
  public String encodeSlot(Object key) {
    StringBuilder text = start();
    tuple(text, key, false);
    return slot(text);
  }

  /**
   * The prefix that covers all keys which begin with the given parts and have more.
   *
   * @param parts 1 to {@value #MOST_PREFIXES}, each in the form it has in the keys
   * @return the slot key cut after these parts, ending in {@code ':'}; one of
   *     {@link SlotKey#prefixes} of every key below it
   * @throws IllegalArgumentException if there are none or too many, or one has no stable form
   */
  public String prefix(@Nullable Object... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException(
          about("a prefix has at least one part; to cover every entry, clear the cache"));
    }
    if (parts.length > MOST_PREFIXES) {
      throw new IllegalArgumentException(
          about("prefix of " + parts.length + " parts: at most " + MOST_PREFIXES + " are allowed"));
    }
    StringBuilder text = start();
    list(text, parts, NO_BOUNDARIES);
    return prefix(text.append(':').toString());
  }

  /** What an invalidation of the cache names, whatever its version and purpose: {@code {prefix}:{cache}:}. */
  public String stem() {
    return stem;
  }

  /**
   * What the slot keys of this version begin with: {@code {prefix}:{cache}:v{version}:}, with {@code
   * {purpose}/} before the cache where one is set.
   */
  public String base() {
    return base;
  }

  /**
   * Refuses a declared key type whose keys can never have a stable form, before the first of them
   * comes. What only the keys themselves can tell is left to {@link #encode}.
   *
   * @throws dev.larder.ConfigurationException naming the type, where in the key it stands, and why
   */
  public void check(Type keyType) {
    new KeyTypes(settings.cache()).check(keyType);
  }

  private StringBuilder start() {
    return new StringBuilder(base.length() + 48).append(base);
  }

  /** Appends a tuple. The ends of its proper prefixes, when asked for, colon included. */
  private int[] tuple(StringBuilder text, Object key, boolean prefixed) {
    Objects.requireNonNull(key, "key");
    if (key instanceof String string) {
      KeyText.string(text, string);
      return NO_BOUNDARIES;
    }
    if (key instanceof List<?> list) {
      Object[] parts = list.toArray();
      int[] ends = prefixed ? boundaries(parts.length) : NO_BOUNDARIES;
      list(text, parts, ends);
      return ends;
    }
    PartForm form = PartForm.of(key.getClass());
    if (form instanceof RecordForm tuple) {
      int[] ends = prefixed ? boundaries(tuple.size()) : NO_BOUNDARIES;
      record(text, key, tuple, ends);
      return ends;
    }
    try {
      form.write(text, key, 0);
    } catch (UnstablePart e) {
      throw new IllegalArgumentException(about("key: " + e.getMessage()));
    }
    return NO_BOUNDARIES;
  }

  private static int[] boundaries(int parts) {
    return parts <= 1 ? NO_BOUNDARIES : new int[Math.min(parts - 1, MOST_PREFIXES)];
  }

  private void list(StringBuilder text, @Nullable Object[] parts, int[] ends) {
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        boundary(text, i, ends);
      }
      try {
        PartForm.append(text, parts[i], 0);
      } catch (UnstablePart e) {
        throw new IllegalArgumentException(about("key part " + (i + 1) + ": " + e.getMessage()));
      }
    }
    if (parts.length == 0) {
      text.append("~none");
    }
  }

  private void record(StringBuilder text, Object key, RecordForm tuple, int[] ends) {
    onlyTuple(tuple.type());
    for (int i = 0; i < tuple.size(); i++) {
      if (i > 0) {
        boundary(text, i, ends);
      }
      try {
        tuple.component(text, key, i, 0);
      } catch (UnstablePart e) {
        throw new IllegalArgumentException(about("key: " + e.getMessage()));
      }
    }
    if (tuple.size() == 0) {
      text.append("~none");
    }
  }

  private static void boundary(StringBuilder text, int index, int[] ends) {
    text.append(':');
    if (index <= ends.length) {
      ends[index - 1] = text.length();
    }
  }

  private void onlyTuple(String type) {
    String known = tupleType;
    if (known == null) {
      synchronized (this) {
        known = tupleType;
        if (known == null) {
          tupleType = type;
          return;
        }
      }
    }
    if (!known.equals(type)) {
      throw new IllegalArgumentException(about("keys are of "
          + known
          + ", this one is of "
          + type
          + ": records of two classes with equal components would share a slot; use one"
          + " record with a part that tells them apart, or two caches"));
    }
  }

  private String slot(StringBuilder text) {
    return mustHash(text) ? base + digest.of(text.toString()) : text.toString();
  }

  private String prefix(String text) {
    return mustHash(text) ? base + digest.of(text) + ':' : text;
  }

  private boolean mustHash(CharSequence text) {
    return settings.hashed() || KeyText.longerThan(text, settings.maxBytes());
  }

  private String about(String fault) {
    return "cache \"" + settings.cache() + "\": " + fault;
  }
}
