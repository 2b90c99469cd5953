package dev.larder.internal.load;

import dev.larder.log.Target;

/**
 * The place of a captured cache or prefix among an entry's tags: a character that no tag begins with,
 * the target's kind and its id.
 */
public final class Dependency {

  private static final char LEAD = '\u0001';

  private Dependency() {}

  /** The text that stands for a target. */
  public static String of(Target target) {
    return LEAD + target.marker();
  }

  /** What a text among an entry's tags stands for: a tag, or a captured cache or prefix. */
  public static Target target(String tag) {
    if (tag.length() < 2 || tag.charAt(0) != LEAD) {
      return Target.tag(tag);
    }
    return new Target(Target.Kind.of(tag.charAt(1)), tag.substring(2));
  }

  /**
   * Returns the tag.
   *
   * @throws IllegalArgumentException if it could be taken for something else
   */
  public static String checkTag(String tag) {
    if (!tag.isEmpty() && tag.charAt(0) == LEAD) {
      throw new IllegalArgumentException("tag: begins with the control character U+0001");
    }
    return tag;
  }
}
