package dev.larder.showcase.halfnote.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderBuilder;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.UserLists.View;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.source.SearchWords;
import dev.larder.showcase.trace.RequestTrace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The invalidation matrix, cell by cell: all entries are warm, one action happens, and then every
 * entry is either ended (and reads as the source does) or still a hit. Rows are actions, columns are
 * entries of six people:
 *
 * <ul>
 *   <li>the actor, who follows the bystander and wrote review Q about album 2;
 *   <li>the author of review R about album 1;
 *   <li>the follower, who follows the actor;
 *   <li>the fan, who follows the author;
 *   <li>the bystander, who wrote review B about album 3 and likes Q;
 *   <li>the stranger, who follows the bystander.
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MatrixCells {
  private World world;
  private Matrix matrix;

  /** The tiers of this layout. */
  abstract LarderBuilder tiers(LarderBuilder builder);

  @BeforeAll
  void open() {
    world = new World(this::tiers);
    matrix = new Matrix(world);
  }

  @AfterAll
  void close() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void action_endsWhatItTouches_andNothingElse(Row row) {
    matrix.check(row);
  }

  /** The actions, in the order in which they happen, each with the entries it ends. */
  enum Row {
    LIKE("feeds(actor) friends(follower) incoming(author) counts(R) liked(R,actor)"),
    COMMENT("feeds(actor) friends(follower) incoming(author) counts(R) review(R)"),
    FOLLOW("feeds(actor) friends(follower) incoming(author) following(actor) followers(author)"
        + " follows(actor,author) profile(actor) profile(author)"),
    BIO("feeds(actor) profile(actor)"),
    GENRES("feeds(actor) profile(actor)"),
    AVATAR("feeds(actor) friends(follower) incoming(author) profile(actor) review(R) review(Q)"
        + " reviews(actor) album-reviews(2) followers(author) list(shown) list(hidden)"
        + " search(actor) friends(stranger) you(bystander) incoming(bystander)"
        + " followers(bystander) following(follower) you(follower)"),
    DISPLAY_NAME(
        "feeds(actor) friends(follower) incoming(author) profile(actor) review(R) review(Q)"
            + " reviews(actor) album-reviews(2) followers(author) list(shown) list(hidden)"
            + " search(actor) search(stranger) search(nothing) friends(stranger) you(bystander)"
            + " incoming(bystander) followers(bystander) following(follower) you(follower)"),
    UNLIKE("feeds(actor) friends(follower) incoming(author) counts(R) liked(R,actor)"),
    UNFOLLOW("feeds(actor) friends(follower) incoming(author) following(actor) followers(author)"
        + " follows(actor,author) profile(actor) profile(author)"),
    WRITE_REVIEW("feeds(actor) friends(follower) profile(actor) reviews(actor) album-reviews(4)"),
    EDIT_REVIEW(
        "feeds(actor) friends(follower) friends(stranger) you(bystander) review(Q) reviews(actor)"
            + " album-reviews(2)"),
    PIN("feeds(actor) friends(follower) friends(stranger) you(bystander) review(Q) reviews(actor)"
        + " album-reviews(2)"),
    UNPIN("feeds(actor) friends(follower) friends(stranger) you(bystander) review(Q) reviews(actor)"
        + " album-reviews(2)"),
    MAKE_PUBLIC_LIST("lists(actor,owner) lists(actor,visitor) profile(actor)"),
    MAKE_PRIVATE_LIST("lists(actor,owner)"),
    RENAME_PUBLIC_LIST("lists(actor,owner) lists(actor,visitor) list(shown)"),
    RENAME_PRIVATE_LIST("lists(actor,owner) list(hidden)"),
    ADD_TO_PUBLIC_LIST("lists(actor,owner) lists(actor,visitor) list(shown)"),
    ADD_TO_PRIVATE_LIST("lists(actor,owner) list(hidden)"),
    REMOVE_FROM_PUBLIC_LIST("lists(actor,owner) lists(actor,visitor) list(shown)"),
    REMOVE_FROM_PRIVATE_LIST("lists(actor,owner) list(hidden)"),
    HIDE_PUBLIC_LIST("lists(actor,owner) lists(actor,visitor) list(shown) profile(actor)"),
    SHOW_AGAIN("lists(actor,owner) lists(actor,visitor) list(shown) profile(actor)"),
    DELETE_PRIVATE_LIST("lists(actor,owner) list(hidden)"),
    DELETE_PUBLIC_LIST("lists(actor,owner) lists(actor,visitor) list(shown) profile(actor)"),
    DELETE_REVIEW(
        "feeds(actor) friends(follower) friends(stranger) you(bystander) review(Q) reviews(actor)"
            + " album-reviews(2) profile(actor) counts(Q) liked(Q,bystander) liked(Q,stranger)"),
    REFUSED("");

    final Set<String> ended = new LinkedHashSet<>();

    Row(String ended) {
      Arrays.stream(ended.split(" "))
          .filter(name -> !name.isEmpty())
          .flatMap(name -> switch (name) {
            case "feeds(actor)" -> Stream.of("friends(actor)", "you(actor)", "incoming(actor)");
            case "profile(actor)" -> Stream.of(name, "profile(@actor)");
            case "profile(author)" -> Stream.of(name, "profile(@author)");
            default -> Stream.of(name);
          })
          .forEach(this.ended::add);
    }
  }

  private static final class Matrix {
    private final World world;
    private final long actor;
    private final long author;
    private final long bystander;
    private final long reviewR;
    private final long reviewQ;
    private final long shown;
    private final long hidden;
    private final Map<String, Function<Reads, Object>> columns = new LinkedHashMap<>();

    Matrix(World world) {
      this.world = world;
      actor = world.user("actor");
      author = world.user("author");
      bystander = world.user("bystander");
      long follower = world.user("follower");
      long fan = world.user("fan");
      long stranger = world.user("stranger");
      world.social.follow(follower, actor);
      world.social.follow(fan, author);
      world.social.follow(stranger, bystander);
      world.social.follow(actor, bystander);
      reviewR = world.reviews.create(author, 1L, 7, "R");
      reviewQ = world.reviews.create(actor, 2L, 8, "Q");
      long reviewB = world.reviews.create(bystander, 3L, 9, "B");
      world.social.like(bystander, reviewQ);
      world.social.like(fan, reviewR);
      shown = world.lists.create(actor, "shown", "", true);
      hidden = world.lists.create(actor, "hidden", "", false);
      Map<String, Long> everybody = new LinkedHashMap<>();
      everybody.put("actor", actor);
      everybody.put("author", author);
      everybody.put("follower", follower);
      everybody.put("fan", fan);
      everybody.put("bystander", bystander);
      everybody.put("stranger", stranger);
      everybody.forEach(this::columnsOf);
      Map<String, Long> reviews = Map.of("R", reviewR, "Q", reviewQ, "B", reviewB);
      reviews.forEach((name, id) -> {
        columns.put("review(" + name + ")", reads -> reads.review(id));
        columns.put("counts(" + name + ")", reads -> reads.counts(List.of(id)));
      });
      columns.put("liked(R,actor)", reads -> reads.liked(reviewR, actor));
      columns.put("liked(R,stranger)", reads -> reads.liked(reviewR, stranger));
      columns.put("liked(Q,bystander)", reads -> reads.liked(reviewQ, bystander));
      columns.put("liked(Q,stranger)", reads -> reads.liked(reviewQ, stranger));
      columns.put("follows(actor,author)", reads -> reads.follows(actor, author));
      columns.put("follows(fan,author)", reads -> reads.follows(fan, author));
      columns.put("list(shown)", reads -> reads.list(shown));
      columns.put("list(hidden)", reads -> reads.list(hidden));
      for (long album = 1; album <= 5; album++) {
        long id = album;
        columns.put("album-reviews(" + id + ")", reads -> reads.albumReviews(id));
        columns.put("album(" + id + ")", reads -> reads.album(id));
      }
      for (String words : List.of("actor", "stranger", "nothing")) {
        SearchWords search = SearchWords.of(words).orElseThrow();
        columns.put("search(" + words + ")", reads -> reads.search(search));
      }
    }

    private void columnsOf(String name, long user) {
      for (FeedKind kind : FeedKind.values()) {
        columns.put(kind.word() + "(" + name + ")", reads -> reads.feed(user, kind, null));
      }
      columns.put("profile(" + name + ")", reads -> reads.profile(user));
      columns.put("profile(@" + name + ")", reads -> reads.profile(name));
      columns.put("reviews(" + name + ")", reads -> reads.userReviews(user));
      for (View view : View.values()) {
        String word = view.name().toLowerCase(java.util.Locale.ROOT);
        columns.put("lists(" + name + "," + word + ")", reads -> reads.userLists(user, view));
      }
      columns.put("following(" + name + ")", reads -> reads.following(user));
      columns.put("followers(" + name + ")", reads -> reads.followers(user));
    }

    void check(Row row) {
      assertThat(columns.keySet()).as("columns named by the row").containsAll(row.ended);
      Set<String> notYetWarm = new LinkedHashSet<>();
      columns.forEach((name, read) -> readAndNote(name, read, notYetWarm));
      Set<String> cold = new LinkedHashSet<>();
      columns.forEach((name, read) -> readAndNote(name, read, cold));
      assertThat(cold).as("entries that were not warm").isEmpty();
      act(row);
      Set<String> ended = new LinkedHashSet<>();
      columns.forEach((name, read) -> {
        Object answer = readAndNote(name, read, ended);
        assertThat(answer).as(name).isEqualTo(read.apply(world.source));
      });
      assertThat(ended).as("entries ended by %s", row).isEqualTo(sortedLikeColumns(row.ended));
    }

    private Set<String> sortedLikeColumns(Set<String> names) {
      Set<String> sorted = new LinkedHashSet<>(columns.keySet());
      sorted.retainAll(names);
      return sorted;
    }

    /** Reads an entry, and notes it if it had to be loaded. */
    private Object readAndNote(String name, Function<Reads, Object> read, Set<String> loaded) {
      RequestTrace trace = RequestTrace.begin();
      Object answer;
      try {
        answer = read.apply(world.cached);
      } finally {
        RequestTrace.end();
      }
      assertThat(trace.answers()).as(name).hasSize(1);
      if (trace.answers().get(0).kind().equals("load")) {
        loaded.add(name);
        assertThat(trace.statements()).as("statements of a load: %s", name).isPositive();
      } else {
        assertThat(trace.statements()).as("statements of a hit: %s", name).isZero();
      }
      return answer;
    }

    private void act(Row row) {
      switch (row) {
        case LIKE -> world.social.like(actor, reviewR);
        case UNLIKE -> world.social.unlike(actor, reviewR);
        case COMMENT -> world.social.comment(actor, reviewR, "A remark");
        case FOLLOW -> world.social.follow(actor, author);
        case UNFOLLOW -> world.social.unfollow(actor, author);
        case BIO -> world.profiles.update(actor, null, "Another bio", "Elsewhere");
        case GENRES -> world.profiles.genres(actor, List.of("Jazz"));
        case AVATAR -> world.profiles.avatar(actor, "moon-200");
        case DISPLAY_NAME -> world.profiles.update(actor, "The renamed actor", null, null);
        case WRITE_REVIEW -> world.reviews.create(actor, 4L, 5, "New");
        case EDIT_REVIEW -> world.reviews.edit(actor, reviewQ, 3, "Changed my mind");
        case PIN -> world.reviews.pin(actor, reviewQ, true);
        case UNPIN -> world.reviews.pin(actor, reviewQ, false);
        case MAKE_PUBLIC_LIST -> world.lists.create(actor, "another", "", true);
        case MAKE_PRIVATE_LIST -> world.lists.create(actor, "secret", "", false);
        case RENAME_PUBLIC_LIST -> world.lists.update(actor, shown, "renamed", null, null);
        case RENAME_PRIVATE_LIST -> world.lists.update(actor, hidden, "renamed", null, null);
        case ADD_TO_PUBLIC_LIST -> world.lists.add(actor, shown, 3);
        case ADD_TO_PRIVATE_LIST -> world.lists.add(actor, hidden, 3);
        case REMOVE_FROM_PUBLIC_LIST -> world.lists.remove(actor, shown, 3);
        case REMOVE_FROM_PRIVATE_LIST -> world.lists.remove(actor, hidden, 3);
        case HIDE_PUBLIC_LIST -> world.lists.update(actor, shown, null, null, false);
        case SHOW_AGAIN -> world.lists.update(actor, shown, null, null, true);
        case DELETE_PRIVATE_LIST -> world.lists.delete(actor, hidden);
        case DELETE_PUBLIC_LIST -> world.lists.delete(actor, shown);
        case DELETE_REVIEW -> world.reviews.delete(actor, reviewQ);
        case REFUSED ->
          org.assertj.core.api.Assertions.assertThatThrownBy(
                  () -> world.reviews.edit(bystander, reviewR, 1, "Not mine"))
              .hasMessageContaining("somebody else");
      }
    }
  }
}
