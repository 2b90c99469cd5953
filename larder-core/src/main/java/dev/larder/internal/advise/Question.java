package dev.larder.internal.advise;

/**
 * Terms to replay a sample with.
 *
 * @param ttlMillis time to live, 0 for the present one
 * @param l1MaxEntries size of L1, 0 for the present one
 */
public record Question(long ttlMillis, long l1MaxEntries) {

  /** The form in which other nodes are asked. */
  public String text() {
    return ttlMillis + "," + l1MaxEntries;
  }

  /**
   * Reads that form.
   *
   * @throws IllegalArgumentException if it is another
   */
  public static Question parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a ttl and a size: " + text);
    }
    return new Question(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }
}
