package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes that nothing covers are found, with their statement and place; covered ones are not. */
class UncoveredWritesIT {

  private EmbeddedPostgreSql postgresql;
  private Records records;
  private UncoveredWrites writes;
  private Cache<String, String> captured;
  private Cache<String, String> tagged;
  private JdbcTemplate sql;

  @BeforeEach
  void open() {
    postgresql = EmbeddedPostgreSql.start();
    records = new Records(
        new Records.Settings(postgresql.url(), "", "uncovered", false, CaptureMode.ENFORCE),
        (larderHibernate, pool) -> {
          writes = new UncoveredWrites(larderHibernate);
          return writes.watch(pool);
        });
    sql = new JdbcTemplate(records.source);
    captured = records.larder.cache(
        "captured", CachePolicy.of(String.class, String.class).capture().build());
    tagged = records.larder.cache(
        "tagged",
        CachePolicy.of(String.class, String.class)
            .keyTags(key -> Set.of("artists"))
            .build());
    records.fill();
    captured.get("album", key -> title());
    tagged.get("artist", key -> records.read(all -> all.find(Artist.class, 7L).name()));
  }

  @AfterEach
  void close() {
    records.close();
    postgresql.close();
  }

  private String title() {
    return records.read(all -> all.find(Album.class, 42L).title);
  }

  @Test
  void plainJdbc_isFoundWithItsPlace() {
    sql.update("UPDATE album SET title = 'new' WHERE id = 42");
    assertThatThrownBy(() -> writes.assertNone())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the table album")
        .hasMessageContaining("[captured]")
        .hasMessageContaining("UPDATE album SET title = 'new'")
        .hasMessageContaining("plainJdbc_isFoundWithItsPlace");
    assertThatCode(() -> writes.assertNone()).doesNotThrowAnyException();
  }

  @Test
  void entityWithoutTags_isFoundWhereACacheHasTagsByHand() {
    records.inTransaction(all -> all.find(Artist.class, 7L).name = "Simone");
    assertThat(writes.found()).singleElement().asString().contains("artist").contains("[tagged]");
  }

  @Test
  void capturedEntry_isCoveredByWhatHibernateWrites() {
    records.inTransaction(all -> all.find(Album.class, 42L).title = "new");
    assertThat(writes.found()).isEmpty();
    records.inTransaction(all -> all.createQuery("update Album set title = 'x'").executeUpdate());
    assertThat(writes.found()).isEmpty();
  }

  @Test
  void invalidationThatFollows_covers() {
    records.inTransaction(all -> {
      sql.update("UPDATE album SET title = 'new' WHERE id = 42");
      records.larder.invalidateTags("table:album", "rows:album");
    });
    assertThat(writes.found()).isEmpty();
    sql.update("UPDATE artist SET name = 'new'");
    records.larder.invalidateTags("artists");
    assertThat(writes.found()).isEmpty();
    sql.update("UPDATE album SET title = 'newer'");
    captured.clear();
    assertThat(writes.found()).isEmpty();
  }

  @Test
  void tableTag_doesNotCoverACacheThatDoesNotCapture() {
    sql.update("UPDATE artist SET name = 'new'");
    records.larder.invalidateTags("table:artist", "rows:artist");
    assertThat(writes.found()).singleElement().asString().contains("[tagged]");
  }

  @Test
  void whatIsRolledBackOrReadByNobody_isNotFound() {
    records.transaction().executeWithoutResult(status -> {
      sql.update("UPDATE album SET title = 'never'");
      status.setRollbackOnly();
    });
    sql.update("DELETE FROM album_genres");
    sql.update("UPDATE album SET title = 'nobody' WHERE id = -1");
    assertThat(writes.found()).isEmpty();
  }
}
