package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.Explanation.TagView;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of one key, on real servers: each state, its tags with their positions, its history. */
@Timeout(120)
class ExplainIT extends OnRedis {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private @Nullable String databaseUrl;

  @Override
  LarderBuilder builder() {
    return databaseUrl == null ? super.builder() : super.builder().database(databaseUrl);
  }

  private final class Instance {
    final Larder larder = larder();
    final Cache<Long, String> albums = larder.cache(
        "album",
        CachePolicy.of(Long.class, String.class)
            .ttl(Duration.ofHours(1))
            .jitter(0)
            .keyTags(id -> Set.of("artist:" + id, "label:" + id))
            .build());
    final Cache<Long, String> brief = larder.cache(
        "brief",
        CachePolicy.of(Long.class, String.class)
            .ttl(Duration.ofMillis(50))
            .staleFor(Duration.ofHours(1))
            .negativeTtl(Duration.ofHours(1))
            .jitter(0)
            .build());

    String id() {
      return larder.self().id();
    }

    String album(long id) {
      return albums.get(id, key -> "v1 of " + key);
    }

    Explanation explain(Cache<Long, String> cache, long id) {
      return larder.management().explain(slot(cache, id));
    }

    String slot(Cache<Long, String> cache, long id) {
      return larder.batch().key(cache, id).change().keys().get(0);
    }
  }

  private static Copy below(Explanation explanation) {
    return copy(explanation, "L2", "");
  }

  private static String position(Copy copy, String tag) {
    return copy.tags().stream()
        .filter(each -> each.tag().equals(tag))
        .map(TagView::position)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no tag " + tag + " on " + copy));
  }

  private static String position(Acknowledgement done) {
    return done.position().orElseThrow().toString();
  }

  @Test
  void everyTierAndNode_whoLoaded_andWhatEndedIt() {
    Instance one = new Instance();
    Instance two = new Instance();
    one.album(7);
    two.album(7);
    seeEachOther(one.larder, two.larder);

    Explanation explanation = two.explain(two.albums, 7);
    assertThat(explanation.cache()).isEqualTo("album");
    assertThat(explanation.silent()).isEmpty();
    assertThat(copy(explanation, "L1", one.id()).state()).isEqualTo(State.FRESH);
    assertThat(copy(explanation, "L1", two.id()).state()).isEqualTo(State.FRESH);
    Copy below = below(explanation);
    assertThat(below.state()).isEqualTo(State.FRESH);
    assertThat(below.bytes()).isPositive();
    assertThat(explanation.loaded()).isNotNull();
    assertThat(explanation.loaded().node()).isEqualTo(one.id());
    assertThat(explanation.loaded().site()).startsWith("ExplainIT$Instance.album:");
    assertThat(explanation.ended()).isNull();

    one.larder.invalidateTags("artist:7");
    assertThat(two.larder.catchUp().toCompletableFuture().join()).isTrue();
    explanation = two.explain(two.albums, 7);
    assertThat(below(explanation).state()).isEqualTo(State.INVALID);
    assertThat(copy(explanation, "L1", one.id()).state()).isEqualTo(State.INVALID);
    assertThat(explanation.ended()).isNotNull();
    assertThat(explanation.ended().target()).isEqualTo("tag artist:7");
    assertThat(explanation.ended().node()).isEqualTo(one.id());
    assertThat(explanation.ended().cause()).isEqualTo("invalidateTags");
    assertThat(explanation.ended().position()).isNotEmpty();

    two.album(7);
    explanation = one.explain(one.albums, 7);
    assertThat(explanation.missed()).isEqualTo("tag artist:7 was invalidated");
    assertThat(explanation.loaded().node()).isEqualTo(two.id());
    assertThat(explanation.history())
        .extracting(Event::kind)
        .contains(Event.Kind.LOAD, Event.Kind.INVALIDATION);
  }

  /** The marker of its tag is made when it is stored, behind what was ended meanwhile. */
  @Test
  void entryLoadedWhileSomethingElseWasEnded_isAsValidAsReadersTakeIt() {
    Instance one = new Instance();
    Instance two = new Instance();
    one.albums.get(7L, id -> {
      one.larder.invalidateTags("something else");
      return "v1";
    });
    assertThat(two.larder.catchUp().toCompletableFuture().join()).isTrue();

    Explanation explanation = one.explain(one.albums, 7);
    assertThat(below(explanation).state()).isEqualTo(State.FRESH);
    assertThat(explanation.ended()).isNull();
    assertThat(two.album(7)).as("from L2").isEqualTo("v1");
    assertThat(two.albums.stats().l2Hits()).isEqualTo(1);
    one.larder.invalidateTags("label:7");
    assertThat(below(one.explain(one.albums, 7)).state()).isEqualTo(State.INVALID);
  }

  /** Tags stand in an entry; who made it still knows them when it is gone. */
  @Test
  void keyThatIsGone_isExplainedByWhatEndedIt_howeverMuchElseThatCovered() {
    Instance one = new Instance();
    one.album(7);
    for (int i = 0; i < 3; i++) {
      one.larder.invalidateTags("a", "b", "c", "d", "label:7");
      assertThat(one.albums.peek(7L).isAnswered()).isFalse();
    }
    one.larder.invalidateTags("a");

    Explanation explanation = one.explain(one.albums, 7);
    assertThat(copy(explanation, "L1", one.id()).state()).isEqualTo(State.ABSENT);
    assertThat(explanation.ended().target()).isEqualTo("tag label:7");
    assertThat(explanation.endedBy())
        .extracting(Explanation.EndedBy::target, Explanation.EndedBy::count)
        .containsExactly(tuple("tag label:7", 3L));
    assertThat(explanation.history())
        .filteredOn(event -> event.kind() == Event.Kind.INVALIDATION)
        .hasSize(3)
        .allSatisfy(event -> assertThat(event.subject()).isEqualTo("tag label:7"));
  }

  /** The slot is deleted by the first; the second, later, ends nothing. */
  @Test
  void keyThatWasEndedTwice_isGoneSinceTheFirst_andMissedForIt() {
    Instance one = new Instance();
    Instance two = new Instance();
    seeEachOther(one.larder, two.larder);
    one.album(7);
    two.albums.invalidate(7L);
    long ended = System.currentTimeMillis();
    await().atMost(LIMIT).until(() -> System.currentTimeMillis() > ended);
    two.larder.invalidateTags("label:7");
    assertThat(one.larder.catchUp().toCompletableFuture().join()).isTrue();
    assertThat(one.albums.peek(7L).isAnswered()).isFalse();

    Explanation explanation = two.explain(two.albums, 7);
    Explanation.Gone gone = explanation.gone();
    assertThat(gone).isNotNull();
    assertThat(gone.how()).isEqualTo(Explanation.Gone.How.INVALIDATED);
    assertThat(gone.atMillis()).isLessThanOrEqualTo(ended);
    assertThat(explanation.ended().target()).isEqualTo("tag label:7");
    assertThat(explanation.ended().atMillis()).isGreaterThan(ended);

    assertThat(one.albums.get(7L).isAnswered()).isFalse();
    assertThat(one.explain(one.albums, 7).missed()).isEqualTo("its key was invalidated");
  }

  /** Each tag with where it was last ended, in Redis and in the L1 of each node. */
  @Test
  void tags_haveThePositionOfTheirLastInvalidation_onEveryTier() {
    Instance one = new Instance();
    Instance two = new Instance();
    one.larder.invalidateTags("artist:7");
    String artist = position(one.larder.invalidateTags("artist:7"));
    assertThat(two.larder.catchUp().toCompletableFuture().join()).isTrue();
    one.album(7);
    two.album(7);
    seeEachOther(one.larder, two.larder);

    Explanation explanation = one.explain(one.albums, 7);
    for (Copy copy : explanation.copies()) {
      assertThat(copy.state()).isEqualTo(State.FRESH);
      assertThat(copy.tags())
          .extracting(TagView::tag)
          .containsExactlyInAnyOrder("artist:7", "label:7");
      assertThat(position(copy, "artist:7")).isEqualTo(artist);
    }
    assertThat(explanation.copies()).hasSize(3);
    assertThat(position(copy(explanation, "L1", two.id()), "label:7")).isEmpty();

    String label = position(two.larder.invalidateTags("label:7"));
    assertThat(one.larder.catchUp().toCompletableFuture().join()).isTrue();
    for (Copy copy : one.explain(one.albums, 7).copies()) {
      assertThat(copy.state()).isEqualTo(State.INVALID);
      assertThat(position(copy, "artist:7")).isEqualTo(artist);
      assertThat(position(copy, "label:7")).isEqualTo(label);
    }
  }

  /** While Redis is away its place is taken by the database, whose log has positions of its own. */
  @Test
  void tags_haveThePositionInTheDatabasesLog() {
    databaseUrl = EmbeddedPostgreSql.shared().newDatabase().url();
    Instance one = new Instance();
    String artist = position(one.larder.invalidateTags("artist:7"));
    assertThat(artist).startsWith("postgresql/");
    redis.kill();

    await().atMost(LIMIT).untilAsserted(() -> {
      one.albums.invalidate(7L);
      one.album(7);
      Explanation explanation = one.explain(one.albums, 7);
      assertThat(below(explanation).state()).isEqualTo(State.UNREACHABLE);
      Copy row = copy(explanation, "DATABASE", "");
      assertThat(row.state()).isEqualTo(State.FRESH);
      assertThat(position(row, "artist:7")).isEqualTo(artist);
      assertThat(position(copy(explanation, "L1", one.id()), "artist:7"))
          .matches("(redis|postgresql)/\\d+-[1-9]\\d*");
    });
  }

  @Test
  void stale_isPastItsTtlAndValid_onEveryTier() {
    Instance one = new Instance();
    one.brief.get(1L, id -> "v1");

    await().atMost(LIMIT).untilAsserted(() -> {
      Explanation explanation = one.explain(one.brief, 1);
      for (Copy copy : List.of(below(explanation), copy(explanation, "L1", one.id()))) {
        assertThat(copy.state()).isEqualTo(State.STALE);
        assertThat(copy.freshMillis()).isNegative();
        assertThat(copy.ageMillis()).isGreaterThanOrEqualTo(50);
      }
    });

    one.brief.invalidate(1L);
    assertThat(copy(one.explain(one.brief, 1), "L1", one.id()).state())
        .isIn(State.ABSENT, State.INVALID);
    assertThat(below(one.explain(one.brief, 1)).state()).isEqualTo(State.ABSENT);
  }

  @Test
  void loading_isWhereSomebodyHoldsTheLease() throws Exception {
    Instance one = new Instance();
    Instance two = new Instance();
    seeEachOther(one.larder, two.larder);
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<String> load = CompletableFuture.supplyAsync(() -> one.albums.get(7L, id -> {
      loading.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return "v1";
    }));
    try {
      loading.await();
      Explanation explanation = two.explain(two.albums, 7);
      assertThat(below(explanation).state()).isEqualTo(State.LOADING);
      assertThat(copy(explanation, "L1", one.id()).state()).isEqualTo(State.ABSENT);
      assertThat(copy(explanation, "L1", two.id()).state()).isEqualTo(State.ABSENT);
      assertThat(explanation.loaded()).isNull();
    } finally {
      mayEnd.countDown();
    }
    assertThat(load.join()).isEqualTo("v1");
    Explanation explanation = two.explain(two.albums, 7);
    assertThat(below(explanation).state()).isEqualTo(State.FRESH);
    assertThat(copy(explanation, "L1", one.id()).state()).isEqualTo(State.FRESH);
    assertThat(explanation.loaded().node()).isEqualTo(one.id());
  }

  @Test
  void unreadable_isWhatIsNoEntryOfThisKey() {
    Instance one = new Instance();
    one.album(1);
    one.album(2);
    String slot = one.slot(one.albums, 1);

    redis.command("SET", slot, "another program's");
    assertThat(below(one.explain(one.albums, 1)).state()).isEqualTo(State.UNREADABLE);

    redis.command("COPY", one.slot(one.albums, 2), slot, "REPLACE");
    assertThat(below(one.explain(one.albums, 1)).state())
        .as("another key's entry")
        .isEqualTo(State.UNREADABLE);

    redis.command("DEL", slot);
    redis.command("RPUSH", slot, "a list");
    Explanation explanation = one.explain(one.albums, 1);
    assertThat(below(explanation).state()).isEqualTo(State.UNREADABLE);
    assertThat(copy(explanation, "L1", one.id()).state()).isEqualTo(State.FRESH);
  }

  @Test
  void absence_isRemembered_andUnreachableIsASilentTier() {
    Instance one = new Instance();
    assertThat(one.brief.<RuntimeException>get(3L, id -> null)).isNull();
    one.album(1);
    Explanation explanation = one.explain(one.brief, 3);
    assertThat(below(explanation).state()).isEqualTo(State.ABSENCE);
    assertThat(copy(explanation, "L1", one.id()).state()).isEqualTo(State.ABSENCE);

    redis.kill();
    assertThat(below(one.explain(one.albums, 1)).state()).isEqualTo(State.UNREACHABLE);
  }
}
