package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What to write on a cache that does not capture. */
class SuggestionsIT {

  @Test
  void suggest_saysOnceWhichTagToWrite() {
    AtomicReference<LarderHibernate> joined = new AtomicReference<>();
    try (EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start();
        Records records = new Records(
            new Records.Settings(postgresql.url(), "", "suggest", false, CaptureMode.SUGGEST),
            (made, pool) -> {
              joined.set(made);
              return pool;
            })) {
      records.fill();
      Cache<Long, String> cache =
          records.larder.cache("page", CachePolicy.of(Long.class, String.class).build());
      for (long id = 42; id < 44; id++) {
        cache.get(id, key -> records.read(all -> all.find(Album.class, key).title));
      }
      cache.get(
          7L,
          key -> records.read(all -> {
            all.createQuery("select count(*) from Album", Long.class).getSingleResult();
            return all.find(Artist.class, key).name();
          }));
      assertThat(joined.get().suggestions())
          .containsExactly(
              "cache page queries the table album: its entries need capture, or the tag"
                  + " \"table:album\"",
              "cache page reads Album by its identifier: its entries need capture, or the tag"
                  + " \"album:{id}\"",
              "cache page reads Artist by its identifier: its entries need capture, or the tag"
                  + " \"artist:{id}\", and Artist needs it in @InvalidatesTags");
      records.inTransaction(all -> all.find(Album.class, 42L).title = "new");
      assertThat(cache.get(42L).orNull()).isEqualTo("Blue");
    }
  }
}
