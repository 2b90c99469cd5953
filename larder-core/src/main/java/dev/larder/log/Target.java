package dev.larder.log;

/**
 * One thing that an invalidation covers.
 *
 * <p>Shape of {@code id}: for {@link Kind#KEY} the full slot key; for {@link Kind#PREFIX} a slot key
 * cut at a part boundary, ending in {@code ':'}; for {@link Kind#TAG} the tag; for
 * {@link Kind#CACHE} the slot keys' stem of one cache ({@code prefix:cache:}); for {@link Kind#ALL}
 * the empty string.
 *
 * @param kind what the id names
 * @param id see above
 */
public record Target(Kind kind, String id) {

  /** Everything below one key prefix of the application. */
  public static final Target ALL = new Target(Kind.ALL, "");

  /** What a target names. */
  public enum Kind {
    /** One entry. Its slot is deleted before the record is appended, so it needs no marker. */
    KEY('k'),
    /** All entries that carry a tag. */
    TAG('t'),
    /** All entries whose key begins with the given parts. */
    PREFIX('p'),
    /** All entries of one cache. */
    CACHE('c'),
    /** All entries. */
    ALL('a');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    /** The letter that stands for this kind in records and marker names. */
    public char code() {
      return code;
    }

    /**
     * The kind with the given letter.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind of(char code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no target kind has the code '" + code + "'");
    }
  }

  /** One entry, by its slot key. */
  public static Target key(String slotKey) {
    return new Target(Kind.KEY, slotKey);
  }

  /** All entries that carry a tag. */
  public static Target tag(String tag) {
    return new Target(Kind.TAG, tag);
  }

  /** All entries below a slot-key prefix that ends at a part boundary. */
  public static Target prefix(String slotKeyPrefix) {
    return new Target(Kind.PREFIX, slotKeyPrefix);
  }

  /** All entries of a cache, by the stem of its slot keys. */
  public static Target cache(String stem) {
    return new Target(Kind.CACHE, stem);
  }

  /** Whether the store keeps a marker for this target: all but keys. */
  public boolean hasMarker() {
    return kind != Kind.KEY;
  }

  /**
   * The name of this target's marker: the kind's letter and the id.
   *
   * <p>Names of different targets differ, since the letter has a fixed width.
   */
  public String marker() {
    return kind.code() + id;
  }
}
