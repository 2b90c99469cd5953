package dev.larder.showcase.halfnote.domain;

import java.util.Locale;
import java.util.Optional;

/** The three feeds of a user. */
public enum FeedKind {
  /** What the people followed by the user did; for the user alone. */
  FRIENDS,
  /** What the user did; for everybody. */
  YOU,
  /** What others did to the user: likes, comments, follows; for the user alone. */
  INCOMING;

  /** The name in addresses and keys: {@code friends}, {@code you} or {@code incoming}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this {@link #word()}, or empty. */
  public static Optional<FeedKind> of(String word) {
    for (FeedKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
