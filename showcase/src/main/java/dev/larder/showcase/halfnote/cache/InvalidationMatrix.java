package dev.larder.showcase.halfnote.cache;

import dev.larder.showcase.halfnote.action.Change;
import dev.larder.showcase.halfnote.domain.UserLists;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tags each action ends. The one place where actions and caches meet.
 *
 * <p>Every row has a fixed number of tags, at most 9, however many people are affected. What is not
 * shown anywhere is not ended: a new bio ends the profile and not the feeds, which show name and
 * avatar only.
 */
final class InvalidationMatrix {
  private InvalidationMatrix() {}

  /** The tags that some changes end together. */
  static Set<String> tags(List<Change> changes) {
    Set<String> tags = new LinkedHashSet<>();
    changes.forEach(change -> add(change, tags));
    return tags;
  }

  private static void add(Change change, Set<String> tags) {
    if (change instanceof Change.Liked it) {
      acted(it.actor(), tags);
      tags.add(Tags.incoming(it.author()));
      tags.add(Tags.counts(it.review()));
      tags.add(Tags.liked(it.review(), it.actor()));
    } else if (change instanceof Change.Commented it) {
      acted(it.actor(), tags);
      tags.add(Tags.incoming(it.author()));
      tags.add(Tags.counts(it.review()));
      tags.add(Tags.comments(it.review()));
    } else if (change instanceof Change.Followed it) {
      acted(it.follower(), tags);
      tags.add(Tags.incoming(it.followee()));
      tags.add(Tags.following(it.follower()));
      tags.add(Tags.followers(it.followee()));
      tags.add(Tags.totals(it.follower()));
      tags.add(Tags.totals(it.followee()));
    } else if (change instanceof Change.ProfileChanged it) {
      tags.add(Tags.profile(it.user()));
      tags.add(Tags.feeds(it.user()));
      if (it.card()) {
        tags.add(Tags.person(it.user()));
      }
      if (it.name()) {
        tags.add(Tags.names());
      }
    } else if (change instanceof Change.ReviewWritten it) {
      acted(it.author(), tags);
      tags.add(Tags.totals(it.author()));
      written(it.author(), it.review(), it.album(), tags);
      // Somebody may have asked for this number before there was such a review.
      tags.add(Tags.counts(it.review()));
    } else if (change instanceof Change.ReviewEdited it) {
      tags.add(Tags.feeds(it.author()));
      written(it.author(), it.review(), it.album(), tags);
    } else if (change instanceof Change.ReviewDeleted it) {
      // Feeds that show it, in whosever they are, carry the tag of the review.
      tags.add(Tags.feeds(it.author()));
      tags.add(Tags.totals(it.author()));
      written(it.author(), it.review(), it.album(), tags);
      tags.add(Tags.counts(it.review()));
      // Who liked it is known to the entries alone; one tag reaches them all.
      tags.add(Tags.existence(it.review()));
    } else if (change instanceof Change.ListChanged it) {
      tags.add(Tags.list(it.list()));
      tags.add(Tags.listsOf(it.owner(), UserLists.View.OWNER));
      if (it.seenBefore() || it.seenNow()) {
        tags.add(Tags.listsOf(it.owner(), UserLists.View.VISITOR));
      }
      if (it.seenBefore() != it.seenNow()) {
        tags.add(Tags.totals(it.owner()));
      }
    }
  }

  /** The actor's own feeds, and those of everybody who follows the actor. */
  private static void acted(long actor, Set<String> tags) {
    tags.add(Tags.feeds(actor));
    tags.addAll(Tags.activityOf(actor));
  }

  /** A review as such, the author's list of reviews, and the album's page. */
  private static void written(long author, long review, long album, Set<String> tags) {
    tags.add(Tags.review(review));
    tags.add(Tags.reviewsOf(author));
    tags.add(Tags.albumReviews(album));
  }
}
