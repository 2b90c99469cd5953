package dev.larder.showcase.halfnote.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.halfnote.action.Change;
import dev.larder.showcase.halfnote.domain.UserLists.View;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 299, 300, 301, 1_024, 20_000})
  void activities_areBoundedAndMetByEveryFollowedUser(int followed) {
    List<Long> users = LongStream.rangeClosed(1, followed).boxed().toList();
    Set<String> tags = Tags.activities(users);
    assertThat(tags).hasSizeLessThanOrEqualTo(Math.max(Tags.EXACT_FOLLOWEES, Tags.GROUPS));
    if (followed <= Tags.EXACT_FOLLOWEES) {
      assertThat(tags).hasSize(followed);
    }
    for (long user : users) {
      assertThat(Tags.activityOf(user)).as("what %s does", user).anyMatch(tags::contains);
    }
  }

  @Test
  void activities_ofFewFollowed_meetNobodyElse() {
    Set<String> tags = Tags.activities(LongStream.rangeClosed(1, 300).boxed().toList());
    assertThat(Tags.activityOf(301)).noneMatch(tags::contains);
    assertThat(Tags.activityOf(1 + Tags.GROUPS)).noneMatch(tags::contains);
  }

  @Test
  void tags_ofDifferentThings_areDifferent() {
    List<String> tags = Stream.concat(
            Stream.of(1L, 2L, 12L)
                .flatMap(id -> Stream.of(
                    Tags.activity(id),
                    Tags.feeds(id),
                    Tags.incoming(id),
                    Tags.person(id),
                    Tags.profile(id),
                    Tags.totals(id),
                    Tags.username("u" + id),
                    Tags.review(id),
                    Tags.existence(id),
                    Tags.counts(id),
                    Tags.comments(id),
                    Tags.reviewsOf(id),
                    Tags.albumReviews(id),
                    Tags.album(id),
                    Tags.listsOf(id, View.OWNER),
                    Tags.listsOf(id, View.VISITOR),
                    Tags.list(id),
                    Tags.following(id),
                    Tags.followers(id))),
            Stream.of(Tags.names(), Tags.liked(1, 22), Tags.liked(12, 2), Tags.liked(2, 12)))
        .toList();
    assertThat(new HashSet<>(tags)).hasSize(tags.size());
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change.Liked(1, 2, 3),
        new Change.Commented(1, 2, 3),
        new Change.Followed(1, 2),
        new Change.ProfileChanged(1, true, true),
        new Change.ReviewWritten(1, 2, 3),
        new Change.ReviewEdited(1, 2, 3),
        new Change.ReviewDeleted(1, 2, 3),
        new Change.ListChanged(1, 2, false, true));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void change_endsAtMostNineTags(Change change) {
    assertThat(InvalidationMatrix.tags(List.of(change))).isNotEmpty().hasSizeLessThanOrEqualTo(9);
  }

  @Test
  void everyKindOfChange_isTestedAbove() {
    assertThat(changes().map(Object::getClass))
        .containsExactlyInAnyOrder(Change.class.getPermittedSubclasses());
  }
}
