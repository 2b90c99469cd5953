package dev.larder.showcase.halfnote;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a fresh process for a few feeds in every mode, so that its first visitor does not wait for the
 * classes of server, database driver and cache to be loaded. It is no fill: nearly all visitors ask
 * for something else.
 */
final class FirstRequests {
  private static final Logger logger = LoggerFactory.getLogger(FirstRequests.class);
  private static final int ROUNDS = 5;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
  private final String url;

  /**
   * @param url of Halfnote in this process, without a slash at the end
   */
  FirstRequests(String url) {
    this.url = url;
  }

  /** Sends them one after the other, for a few seconds at most; what fails does no harm. */
  void send() throws InterruptedException {
    long begun = System.nanoTime();
    try {
      for (long user = 1; user <= ROUNDS; user++) {
        for (Mode mode : Mode.values()) {
          if (System.nanoTime() - begun > LIMIT_NANOS) {
            return;
          }
          http.send(feed(user, mode), BodyHandlers.discarding());
        }
      }
    } catch (IOException e) {
      logger.warn("the first requests of the process to itself failed: {}", e.toString());
    }
  }

  private HttpRequest feed(long user, Mode mode) {
    return HttpRequest.newBuilder(URI.create(url + "/api/users/" + user + "/feed?kind=friends"))
        .timeout(ANSWER_LIMIT)
        .header(Mode.HEADER, mode.word())
        .header("X-Halfnote-User", Long.toString(user))
        .build();
  }
}
