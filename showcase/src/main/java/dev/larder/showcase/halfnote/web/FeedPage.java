package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.domain.Activity;
import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.Feed;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.source.Reads;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of a feed with the counts of its reviews as they are now.
 *
 * @param kind {@code friends}, {@code you} or {@code incoming}
 * @param lines at most {@value Feed#PAGE}, newest first
 * @param next what to ask the next page with; null after a page that is not full
 */
public record FeedPage(
    String kind, List<Line> lines, @Nullable String next) {

  /**
   * One activity.
   *
   * @param activity what was done
   * @param counts of its review; null if it is about none
   */
  public record Line(Activity activity, @Nullable Counts counts) {}

  /** Reads a page: the feed, then all counts together. */
  public static FeedPage read(Reads reads, long user, FeedKind kind, @Nullable FeedCursor before) {
    Feed feed = reads.feed(user, kind, before);
    List<Activity> activities = feed.activities();
    List<Long> reviews = activities.stream()
        .flatMap(
            it -> it.review() == null ? Stream.empty() : Stream.of(it.review().id()))
        .distinct()
        .toList();
    Map<Long, Counts> counts = reads.counts(reviews);
    List<Line> lines = activities.stream()
        .map(it ->
            new Line(it, it.review() == null ? null : counts.get(it.review().id())))
        .toList();
    String next = activities.size() < Feed.PAGE
        ? null
        : FeedCursor.after(activities.get(activities.size() - 1)).toString();
    return new FeedPage(kind.word(), lines, next);
  }
}
