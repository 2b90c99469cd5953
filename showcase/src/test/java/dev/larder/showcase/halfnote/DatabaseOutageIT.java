package dev.larder.showcase.halfnote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL dies: what caches hold is still read, and the rest says what is the matter. */
class DatabaseOutageIT {
  private static final String FEED = "/halfnote/api/users/1/feed?kind=friends";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start();
  private final LiveHalfnote halfnote =
      LiveHalfnote.start(Map.of("DATABASE_URL", postgresql.url()));
  private final Caller somebody = halfnote.user(1);

  @AfterEach
  void close() {
    halfnote.close();
    postgresql.close();
  }

  @Test
  void databaseKilled_cachedReadsGoOnAndOthersSayWhy() {
    String feed = somebody.get(FEED).body();
    assertThat(somebody.get("/halfnote/feed").status()).isEqualTo(200);

    postgresql.kill();

    // First of all, so that it meets a pooled connection that breaks inside the transaction.
    assertThat(somebody.json("PUT", "/halfnote/api/reviews/1/like", "").status())
        .isEqualTo(503);
    Reply cached = somebody.get(FEED);
    assertThat(cached.status()).isEqualTo(200);
    assertThat(cached.body()).isEqualTo(feed);
    assertThat(somebody.get("/halfnote/feed").status()).isEqualTo(200);
    Reply unknown = somebody.get("/halfnote/api/search?q=never");
    assertThat(unknown.status()).isEqualTo(503);
    assertThat(unknown.json().path("detail").asString()).contains("database does not answer");
    Reply page = somebody.get("/halfnote/search?q=nowhere");
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.body()).contains("database does not answer", "</html>");
    assertThat(somebody.json("PUT", "/halfnote/api/reviews/1/like", "").status())
        .isEqualTo(503);

    postgresql.restart();

    await("the database is used again")
        .atMost(LIMIT)
        .until(() -> somebody.get("/halfnote/api/search?q=never").status() == 200);
    assertThat(somebody.json("PUT", "/halfnote/api/reviews/1/like", "").status())
        .isLessThan(300);
    assertThat(somebody.get("/halfnote/api/reviews/1").json().path("liked").asBoolean())
        .isTrue();
  }
}
