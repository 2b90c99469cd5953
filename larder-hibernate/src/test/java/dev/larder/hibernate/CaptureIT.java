package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache without a tag of its own: what its loads read through Hibernate ends its entries. */
class CaptureIT {

  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static EmbeddedPostgreSql postgresql;
  private static EmbeddedRedis redis;
  private final String prefix = "capture" + PREFIXES.incrementAndGet();
  private Records one;
  private Records other;
  private Cache<String, String> cache;
  private Cache<String, String> otherCache;

  @BeforeAll
  static void start() {
    postgresql = EmbeddedPostgreSql.start();
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    postgresql.close();
    redis.close();
  }

  @BeforeEach
  void open() {
    one = records(true);
    other = records(true);
    cache = cache(one);
    otherCache = cache(other);
    one.fill();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  private Records records(boolean hasOutbox) {
    return new Records(new Records.Settings(
        postgresql.url(), redis.uri(), prefix, hasOutbox, CaptureMode.ENFORCE));
  }

  private static Cache<String, String> cache(Records records) {
    return records.larder.cache(
        "captured",
        CachePolicy.of(String.class, String.class)
            .jitter(0)
            .ttl(Duration.ofHours(1))
            .capture()
            .build());
  }

  /** What a load may read. */
  enum Read {
    BY_ID(all -> {
      Album album = all.find(Album.class, 42L);
      return album == null ? "none" : album.title;
    }),
    BY_ID_OF_A_SUBCLASS(all -> {
      LiveAlbum album = all.find(LiveAlbum.class, 43L);
      return album == null ? "none" : album.title + album.venue;
    }),
    ABSENT(all -> String.valueOf(all.find(Album.class, 99L) != null)),
    ASSOCIATION(all -> all.find(Album.class, 42L).artist.name()),
    ELEMENTS(all ->
        String.valueOf(all.find(Album.class, 42L).genres.stream().sorted().toList())),
    INVERSE(all -> String.valueOf(all.find(Artist.class, 7L).albums.size())),
    QUERY(all -> String.valueOf(
        all.createQuery("from Album order by id", Album.class).getResultList().stream()
            .map(album -> album.title)
            .toList())),
    PROJECTION(all -> String.valueOf(
        all.createQuery("select max(title) from Album", String.class).getSingleResult())),
    STREAM(all -> all.createQuery("from Artist order by id", Artist.class)
        .getResultStream()
        .map(artist -> artist.name)
        .toList()
        .toString()),
    NATIVE(all -> String.valueOf(all.createNativeQuery("SELECT count(*) FROM album", Long.class)
        .unwrap(org.hibernate.query.NativeQuery.class)
        .addSynchronizedEntityClass(Album.class)
        .getSingleResult()));

    private final Function<EntityManager, String> way;

    Read(Function<EntityManager, String> way) {
      this.way = way;
    }
  }

  /** What a transaction may write. */
  enum Write {
    TITLE(all -> all.find(Album.class, 42L).title += "!"),
    OTHER_TITLE(all -> all.find(Album.class, 43L).title += "!"),
    NEW_ALBUM(all -> all.persist(new Album(99, "Zzz", all.find(Artist.class, 7L)))),
    REMOVED(all -> all.remove(all.find(Album.class, 43L))),
    MOVED(all -> all.find(Album.class, 43L).artist = all.find(Artist.class, 8L)),
    GENRE(all -> all.find(Album.class, 42L).genres.add("bebop")),
    ARTIST(all -> all.find(Artist.class, 7L).name += "!"),
    OTHER_ARTIST(all -> all.find(Artist.class, 8L).name += "!"),
    BULK_ALBUMS(
        all -> all.createQuery("update Album set title = concat(title, '+')").executeUpdate()),
    BULK_ARTISTS(
        all -> all.createQuery("update Artist set name = concat(name, '+')").executeUpdate()),
    BULK_DELETE(all -> all.createQuery("delete from LiveAlbum").executeUpdate());

    private final Consumer<EntityManager> way;

    Write(Consumer<EntityManager> way) {
      this.way = way;
    }
  }

  private String get(Records records, Cache<String, String> from, Read read) {
    return from.get(read.name(), key -> records.read(read.way));
  }

  /** Any read, then any write by another node: what is served then is what the database says. */
  @ParameterizedTest
  @EnumSource
  void anyWriteEndsWhatItChanges(Read read) {
    for (Write write : Write.values()) {
      one.fill();
      other.larder.catchUp().toCompletableFuture().join();
      get(one, cache, read);
      get(other, otherCache, read);
      one.inTransaction(write.way);
      String now = one.read(read.way);
      other.larder.catchUp().toCompletableFuture().join();
      assertThat(get(one, cache, read)).as("%s, own node", write).isEqualTo(now);
      assertThat(get(other, otherCache, read)).as("%s, other node", write).isEqualTo(now);
    }
  }

  /** What was read by its id outlives writes to other rows. */
  @ParameterizedTest
  @CsvSource({
    "BY_ID, OTHER_TITLE", "BY_ID, ARTIST", "ASSOCIATION, OTHER_TITLE", "ASSOCIATION, OTHER_ARTIST",
    "ABSENT, TITLE", "QUERY, ARTIST", "STREAM, TITLE", "NATIVE, ARTIST"
  })
  void unrelatedWriteEndsNothing(Read read, Write write) {
    get(one, cache, read);
    assertThat(cache.get(read.name()).isAnswered()).isTrue();
    one.inTransaction(write.way);
    assertThat(cache.get(read.name()).isAnswered()).isTrue();
  }

  @Test
  void tagOfTheIdByHand_endsWhatWasCaptured() {
    get(one, cache, Read.BY_ID);
    one.larder.invalidateTags("album:42");
    assertThat(cache.get(Read.BY_ID.name()).isAnswered()).isFalse();
  }

  @Test
  void nativeQueryThatDeclaresNothing_isNotStored() {
    cache.get(
        "native",
        key -> one.read(all -> String.valueOf(
            all.createNativeQuery("SELECT count(*) FROM album", Long.class).getSingleResult())));
    assertThat(cache.get("native").isAnswered()).isFalse();
  }

  @Test
  void nativeQueryThatHidesAJoinedTable_isNotStored() {
    cache.get(
        "native",
        key -> one.read(all -> all.createNativeQuery(
                "SELECT b.* FROM album b JOIN artist a ON a.id = b.artist_id WHERE b.id = 42",
                Album.class)
            .getSingleResult()
            .toString()));
    assertThat(cache.get("native").isAnswered()).isFalse();
  }

  /** The session holds a change that nobody has written and that may never commit. */
  @Test
  void changeThatIsNotFlushed_isServedToItsTransactionOnly() {
    one.transaction().executeWithoutResult(status -> {
      one.entities.find(Album.class, 42L).title = "never";
      assertThat(get(one, cache, Read.BY_ID)).isEqualTo("never");
      status.setRollbackOnly();
    });
    assertThat(get(one, cache, Read.BY_ID)).isEqualTo("Blue");
    assertThat(get(other, otherCache, Read.BY_ID)).isEqualTo("Blue");
  }

  /** The load's own query makes Hibernate write: from then on what it reads may never commit. */
  @Test
  void changeThatTheLoadsOwnQueryFlushes_isServedToItsTransactionOnly() {
    one.transaction().executeWithoutResult(status -> {
      one.entities.persist(new Artist(9, "never"));
      assertThat(get(one, cache, Read.STREAM)).contains("never");
      status.setRollbackOnly();
    });
    assertThat(get(one, cache, Read.STREAM)).doesNotContain("never");
  }

  /** What the transaction has read before the load counts as read by it. */
  @Test
  void entityThatTheTransactionHeldBefore_isADependencyToo() {
    one.inTransaction(all -> {
      Album held = all.find(Album.class, 42L);
      cache.get("held", key -> all.find(Album.class, 43L).title + held.title);
    });
    assertThat(cache.get("held").isAnswered()).isTrue();
    one.inTransaction(Write.TITLE.way);
    assertThat(cache.get("held").isAnswered()).isFalse();
  }

  /** A session that outlives its transaction knows old rows; a load from it is not stored. */
  @Test
  void sessionOfAnEarlierTime_fillsNothing() {
    try (EntityManager longLived = one.factory.createEntityManager()) {
      longLived.find(Album.class, 42L);
      other.inTransaction(Write.TITLE.way);
      one.larder.catchUp().toCompletableFuture().join();
      assertThat(cache.get("old", key -> longLived.find(Album.class, 42L).title))
          .isEqualTo("Blue");
    }
    assertThat(cache.get("old").isAnswered()).isFalse();
  }

  /** More rows of one entity than are worth naming: the table stands for them. */
  @Test
  void manyRowsByTheirIds_dependOnTheTable() {
    one.inTransaction(all -> {
      for (long id = 1000; id < 1150; id++) {
        all.persist(new Artist(id, "many"));
      }
    });
    cache.get(
        "many",
        key -> one.read(all -> {
          for (long id = 1000; id < 1150; id++) {
            all.find(Artist.class, id);
          }
          return "read";
        }));
    assertThat(cache.get("many").isAnswered()).isTrue();
    one.inTransaction(all -> all.find(Artist.class, 1149L).name = "last");
    assertThat(cache.get("many").isAnswered()).isFalse();
  }
}
