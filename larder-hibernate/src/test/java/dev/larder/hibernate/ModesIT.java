package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each mode writes to the log for a cache that does not capture. */
class ModesIT {

  private static EmbeddedPostgreSql postgresql;

  @BeforeAll
  static void start() {
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stop() {
    postgresql.close();
  }

  /** The lines of the log while two entries are loaded, of one album each. */
  private static List<String> said(CaptureMode mode) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (Records records =
        new Records(new Records.Settings(postgresql.url(), "", "modes", false, mode))) {
      records.fill();
      Cache<Long, String> cache =
          records.larder.cache("page", CachePolicy.of(Long.class, String.class).build());
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      for (long id = 42; id < 44; id++) {
        cache.get(id, key -> records.read(all -> all.find(Album.class, key).title));
      }
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("cache page"))
        .toList();
  }

  @Test
  void enforce_saysNothing() {
    assertThat(said(CaptureMode.ENFORCE)).isEmpty();
  }

  @Test
  void observe_namesTheTagsOfEachEntry() {
    assertThat(said(CaptureMode.OBSERVE))
        .satisfiesExactly(
            first -> assertThat(first)
                .contains("DEBUG", "an entry of cache page depends on", "album:42", "rows:album"),
            second -> assertThat(second)
                .contains("DEBUG", "an entry of cache page depends on", "album:43", "rows:album"));
  }

  @Test
  void suggest_printsOnceWhichTagToWrite() {
    assertThat(said(CaptureMode.SUGGEST))
        .filteredOn(line -> line.contains("by its identifier"))
        .singleElement()
        .asString()
        .contains(
            "INFO",
            "cache page reads Album by its identifier: its entries need capture, or the tag"
                + " \"album:{id}\"");
  }
}
