package dev.larder.showcase.halfnote.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.Activity;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.trace.RequestTrace;
import dev.larder.warm.Prediction;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first page of every feed, for 3 minutes: friends, you and incoming.
 *
 * <p>Older pages are read by few and are not cached. An entry depends on its owner's choices, on
 * what each shown or followed person does, and on how people and reviews on it look; counts of likes
 * are not part of it, so a like on a famous review ends nobody's feed. The followed people come as
 * tags as told in {@link Tags}.
 */
final class ActivityCache {
  private static final Duration TTL = Duration.ofMinutes(3);
  private static final int MOST_IN_L1 = 5_000;

  private final Cache<Key, Feed> feeds;
  private final Reads source;

  /** Whose feed and which: {@code feed:v1:42:friends}. */
  record Key(long owner, String kind) {}

  ActivityCache(Larder larder, Reads source) {
    this.source = source;
    feeds = larder.cache(
        "feed",
        CachePolicy.of(Key.class, Feed.class)
            .ttl(TTL)
            .l1MaxEntries(MOST_IN_L1)
            .tags((key, feed) -> tags(feed))
            .build());
  }

  Feed firstPage(long owner, FeedKind kind) {
    Feed feed = RequestTrace.reading(
        feeds.name(), () -> feeds.get(new Key(owner, kind.word()), this::load));
    return Objects.requireNonNull(feed);
  }

  private Feed load(Key key) {
    return source.feed(key.owner(), FeedKind.of(key.kind()).orElseThrow(), null);
  }

  /**
   * Guesses which feed a reader turns to next, from what that reader turned to before: who always goes
   * on from friends to incoming finds incoming read already.
   *
   * @param reader the user who reads a page on this thread; null while nobody does
   */
  Prediction<?, ?> guesses(Supplier<@Nullable Long> reader) {
    return Prediction.of(feeds).loader(this::load).actor(reader).build();
  }

  /** What ends the first page of a feed as it is now. */
  Set<String> tagsOf(long owner, FeedKind kind) {
    return tags(firstPage(owner, kind));
  }

  static Set<String> tags(Feed feed) {
    Set<String> tags = new LinkedHashSet<>();
    tags.add(Tags.feeds(feed.owner()));
    switch (feed.kind()) {
      case FRIENDS -> tags.addAll(Tags.activities(feed.followees()));
      case YOU -> tags.addAll(Tags.activities(List.of(feed.owner())));
      case INCOMING -> tags.add(Tags.incoming(feed.owner()));
    }
    for (Activity activity : feed.activities()) {
      tags.add(Tags.person(activity.actor().id()));
      if (activity.target() != null) {
        tags.add(Tags.person(activity.target().id()));
      }
      if (activity.review() != null) {
        tags.addAll(Tags.reviews(List.of(activity.review())));
      }
    }
    return tags;
  }
}
