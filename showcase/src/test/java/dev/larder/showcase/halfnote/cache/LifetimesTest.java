package dev.larder.showcase.halfnote.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.UserLists.View;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.source.SearchWords;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long each cache answers: nearly its TTL, which a little jitter shortens, and not longer. */
class LifetimesTest {
  private static final double MOST_JITTER = 0.05;

  private static final Map<String, Consumer<Reads>> READS = Map.ofEntries(
      Map.entry("feed", reads -> reads.feed(1, FeedKind.FRIENDS, null)),
      Map.entry("user-reviews", reads -> reads.userReviews(1)),
      Map.entry("album-reviews", reads -> reads.albumReviews(1)),
      Map.entry("user-lists", reads -> reads.userLists(1, View.OWNER)),
      Map.entry("list", reads -> reads.list(1)),
      Map.entry("album", reads -> reads.album(1)),
      Map.entry("following", reads -> reads.following(1)),
      Map.entry("followers", reads -> reads.followers(1)),
      Map.entry("follows", reads -> reads.follows(1, 2)),
      Map.entry("search", reads -> reads.search(SearchWords.of("word").orElseThrow())),
      Map.entry("review", reads -> reads.review(1)),
      Map.entry("review-counts", reads -> reads.counts(List.of(1L))),
      Map.entry("review-liked", reads -> reads.liked(1, 2)),
      Map.entry("profile", reads -> reads.profile(1)),
      Map.entry("profile-by-name", reads -> reads.profile("name")));

  private final FakeTime time = new FakeTime();
  private final CountedSource source = new CountedSource();
  private final Larder larder =
      Larder.builder().keyPrefix("lifetimes").time(time).executor(Runnable::run).build();
  private final AnnotatedReads caches = AnnotatedReads.of(larder, source);
  private final CachedReads cached = caches.reads();

  @AfterEach
  void close() {
    caches.close();
    larder.close();
  }

  @ParameterizedTest
  @CsvSource({
    "feed, 3",
    "user-reviews, 10",
    "album-reviews, 10",
    "user-lists, 8",
    "list, 8",
    "album, 60",
    "following, 10",
    "followers, 10",
    "follows, 10",
    "search, 5",
    "review, 15",
    "review-counts, 15",
    "review-liked, 15",
    "profile, 10",
    "profile-by-name, 10",
  })
  void entry_livesItsMinutes(String cache, int minutes) {
    Consumer<Reads> read = READS.get(cache);
    Duration ttl = Duration.ofMinutes(minutes);
    read.accept(cached);
    assertThat(source.asked).as("first read").isEqualTo(1);
    Duration nearly = Duration.ofMillis((long) (ttl.toMillis() * (1 - MOST_JITTER)) - 1_000);
    time.advance(nearly);
    read.accept(cached);
    assertThat(source.asked).as("read after %s", nearly).isEqualTo(1);
    time.advance(ttl.minus(nearly).plusMillis(1));
    read.accept(cached);
    assertThat(source.asked).as("read after the whole life").isEqualTo(2);
  }

  @Test
  void everyCache_isTestedAbove() {
    assertThat(READS.keySet()).containsExactlyInAnyOrderElementsOf(larder.cacheNames());
  }

  @Test
  void album_standsInForADayWhileTheCatalogueFails() {
    cached.album(1);
    source.isDown = true;
    time.advance(Duration.ofHours(24));
    assertThat(cached.album(1)).isPresent();
  }
}
