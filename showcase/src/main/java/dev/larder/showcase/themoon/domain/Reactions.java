package dev.larder.showcase.themoon.domain;

import java.util.List;

/**
 * How many reacted to a post.
 *
 * @param counts one for each {@link ReactionKind}, by its code
 */
public record Reactions(List<Long> counts) {
  /** Nobody did. */
  public static final Reactions NONE = new Reactions(List.of(0L, 0L, 0L, 0L));

  /** How many reacted so. */
  public long of(ReactionKind kind) {
    return counts.get(kind.code());
  }
}
