package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code larder verify} beside an application that compares its hits with the source, on real servers. */
@Timeout(300)
class VerifyIT extends OnStores {

  private final Map<Long, String> source = new ConcurrentHashMap<>();
  private Cache<Long, String> albums;

  @BeforeEach
  void open() {
    application = start(builder -> builder.checkHits(1));
    albums = application.cache(
        "album",
        CachePolicy.of(Long.class, String.class)
            .tags((id, album) -> List.of("artist:" + id % 2))
            .build());
    awaitNode("1 cache");
  }

  private String album(long id) {
    return albums.get(id, source::get);
  }

  @Test
  void sourceThatWasChangedWithoutAnInvalidation_isFound_untilItIsMade() {
    source.putAll(Map.of(1L, "title 1", 2L, "title 2"));
    await().atMost(LIMIT).untilAsserted(() -> {
      album(1);
      album(2);
      assertThat(run("verify")).as(cli.out + cli.err).isZero();
      assertThat(cli.out)
          .startsWith("0 stale of ")
          .containsPattern("hits compared with the source: 0 stale of [1-9]");
    });

    source.put(1L, "another title");

    await().atMost(LIMIT).untilAsserted(() -> {
      album(1);
      album(2);
      assertThat(run("verify")).as(cli.out + cli.err).isEqualTo(5);
    });
    assertThat(cli.out)
        .startsWith("1 stale of ")
        .containsPattern(Pattern.quote(key(1)) + " +L1 of node \\S+, unlike the source ")
        .doesNotContain(key(2));
    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("verify", "-o", "json")).as(cli.err).isEqualTo(5);
      assertThat(cli.out)
          .containsPattern("\"slot\" : \"" + Pattern.quote(key(1)) + "\"")
          .containsPattern("\"check\" : \"HIT\",\\s+\"sampled\" : [1-9]\\d*,\\s+\"stale\" : 1\\b");
    });

    assertThat(run("invalidate", key(1), "--yes")).as(cli.err).isZero();
    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("verify")).as(cli.out + cli.err).isZero();
      assertThat(cli.out).startsWith("0 stale of ").contains("source: 1 stale of ");
    });
    assertThat(album(1)).isEqualTo("another title");
  }
}
