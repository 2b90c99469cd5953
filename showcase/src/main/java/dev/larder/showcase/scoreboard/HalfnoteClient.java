package dev.larder.showcase.scoreboard;

import dev.larder.showcase.halfnote.Mode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Talks to Halfnote's JSON endpoints. Safe for use by many threads. */
final class HalfnoteClient {
  private final SubjectClient client;

  /**
   * A client.
   *
   * @param url of the showcase, without a slash at the end
   */
  HalfnoteClient(String url) {
    client = new SubjectClient(url + "/halfnote/api");
  }

  /**
   * Reads.
   *
   * @param user who asks
   * @throws IllegalStateException if the answer is an error
   */
  Answer get(String path, Mode mode, long user) {
    return client.get(new Asked.Request(path, headers(mode, user)));
  }

  /**
   * Writes, or tries to: a conflict is an answer.
   *
   * @param json null for no body
   * @throws IllegalStateException if the answer is an error of the server
   */
  Answer write(String method, String path, @Nullable String json, long user) {
    return client.write(method, path, headers(Mode.LARDER, user), json);
  }

  private static Map<String, String> headers(Mode mode, long user) {
    return Map.of(Mode.HEADER, mode.word(), "X-Halfnote-User", Long.toString(user));
  }
}
