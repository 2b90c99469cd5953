package dev.larder.showcase.themoon.domain;

import java.util.Locale;
import java.util.Optional;

/** How one can react to a post. The database holds the ordinal: add at the end only. */
public enum ReactionKind {
  LIKE("👍"),
  LOVE("❤️"),
  LAUGH("😄"),
  WOW("😮");

  private final String sign;

  ReactionKind(String sign) {
    this.sign = sign;
  }

  /** For people. */
  public String sign() {
    return sign;
  }

  /** For addresses and JSON: {@code like}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a word. */
  public static Optional<ReactionKind> of(String word) {
    for (ReactionKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
