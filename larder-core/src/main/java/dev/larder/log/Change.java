package dev.larder.log;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * One invalidation as its caller asked for it, without a position yet.
 *
 * <p>The nonce identifies the change in every log that it is written to: a node that follows two
 * logs applies it once. It is drawn at random, from all 64 bits but 0. An odd nonce says that the
 * change is written to one log only, so that nobody waits for it in the other.
 *
 * @param nonce identity of the change, never 0
 * @param targets what it covers; empty only in a record that opens an epoch
 * @param origin the node that made it, for people
 * @param cause why, for people: a call, a command, a trigger
 * @param atMillis when by the origin's clock, milliseconds since 1970, for people only
 */
public record Change(long nonce, List<Target> targets, String origin, String cause, long atMillis) {

  /** Most targets that one change may carry. */
  public static final int MAX_TARGETS = 10_000;

  private static final SecureRandom NONCES = new SecureRandom();

  /** Copies the list and checks it. */
  public Change {
    targets = List.copyOf(targets);
    if (nonce == 0) {
      throw new IllegalArgumentException("nonce: 0 is reserved");
    }
    if (targets.size() > MAX_TARGETS) {
      throw new IllegalArgumentException(
          "targets: " + targets.size() + " in one change, at most " + MAX_TARGETS);
    }
  }

  /** A fresh nonce. */
  public static long newNonce(boolean oneLogOnly) {
    long nonce;
    do {
      nonce = NONCES.nextLong();
      nonce = oneLogOnly ? nonce | 1 : nonce & ~1L;
    } while (nonce == 0);
    return nonce;
  }

  /** Whether this change is written to one log only. */
  public boolean isInOneLogOnly() {
    return (nonce & 1) != 0;
  }

  /** The slot keys among the targets, in order. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (Target target : targets) {
      if (target.kind() == Target.Kind.KEY) {
        keys.add(target.id());
      }
    }
    return keys;
  }

  /** The names of the markers that this change moves, in order. */
  public List<String> markers() {
    List<String> markers = new ArrayList<>();
    for (Target target : targets) {
      if (target.hasMarker()) {
        markers.add(target.marker());
      }
    }
    return markers;
  }

  /**
   * The text a log stores.
   *
   * <p>Shape: fields apart by line feeds: format version, nonce, time, origin, cause, then one line
   * a target (kind letter and id). Line feeds, carriage returns and backslashes inside a field are
   * escaped by a backslash.
   */
  public String encode() {
    StringBuilder text = new StringBuilder(64 + targets.size() * 24);
    text.append("1\n").append(nonce).append('\n').append(atMillis).append('\n');
    escape(origin, text).append('\n');
    escape(cause, text);
    for (Target target : targets) {
      escape(target.id(), text.append('\n').append(target.kind().code()));
    }
    return text.toString();
  }

  /**
   * Reads {@link #encode}'s text.
   *
   * @throws IllegalArgumentException if the text has another format
   */
  public static Change decode(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 5 || !lines[0].equals("1")) {
      throw new IllegalArgumentException("a log record of an unknown format");
    }
    List<Target> targets = new ArrayList<>(lines.length - 5);
    for (int i = 5; i < lines.length; i++) {
      if (lines[i].isEmpty()) {
        throw new IllegalArgumentException("a log record with an empty target");
      }
      targets.add(new Target(Target.Kind.of(lines[i].charAt(0)), unescape(lines[i].substring(1))));
    }
    return new Change(
        Long.parseLong(lines[1]),
        targets,
        unescape(lines[3]),
        unescape(lines[4]),
        Long.parseLong(lines[2]));
  }

  private static StringBuilder escape(String field, StringBuilder text) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\\' -> text.append("\\\\");
        default -> text.append(c);
      }
    }
    return text;
  }

  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 1 < field.length()) {
        char escaped = field.charAt(++i);
        text.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
