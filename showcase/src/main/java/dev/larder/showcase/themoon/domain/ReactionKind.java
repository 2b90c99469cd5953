package dev.larder.showcase.themoon.domain;

import java.util.Locale;
import java.util.Optional;

/** How one can react to a post. */
public enum ReactionKind {
  LIKE(0, "👍"),
  LOVE(1, "❤️"),
  LAUGH(2, "😄"),
  WOW(3, "😮");

  private final int code;
  private final String sign;

  ReactionKind(int code, String sign) {
    this.code = code;
    this.sign = sign;
  }

  /** What the database has, from 0 without gaps. */
  public int code() {
    return code;
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

  /** The kind of a code. */
  public static ReactionKind of(int code) {
    for (ReactionKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no reaction has the code " + code);
  }
}
