package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.action.SocialActions;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.People;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A user's feeds, profile, reviews, lists and follows. {@code {user}} is a number or a username. */
@RestController
@RequestMapping("/api/users/{user}")
final class UserApi {
  private final SocialActions social;

  UserApi(SocialActions social) {
    this.social = social;
  }

  @GetMapping
  Profile profile(@PathVariable String user, Reads reads) {
    return Users.profile(reads, user);
  }

  @GetMapping("/feed")
  FeedPage feed(
      @PathVariable String user,
      @RequestParam(defaultValue = "friends") String kind,
      @RequestParam(required = false) @Nullable String before,
      Viewer viewer,
      Reads reads) {
    Checks checks = new Checks();
    Optional<FeedKind> wanted = FeedKind.of(kind);
    if (wanted.isEmpty()) {
      checks.fault("kind", kind, "friends, you or incoming");
    }
    Optional<FeedCursor> cursor = before == null ? Optional.empty() : FeedCursor.parse(before);
    if (before != null && cursor.isEmpty()) {
      checks.fault("before", before, "the member next of the page before");
    }
    checks.done();
    long owner = Users.id(reads, user);
    if (wanted.orElseThrow() != FeedKind.YOU) {
      viewer.mustBe(owner);
    }
    return FeedPage.read(reads, owner, wanted.orElseThrow(), cursor.orElse(null));
  }

  @GetMapping("/reviews")
  List<ReviewLine> reviews(@PathVariable String user, Reads reads) {
    return ReviewLine.of(reads, reads.userReviews(Users.id(reads, user)).reviews());
  }

  @GetMapping("/lists")
  UserLists lists(@PathVariable String user, Viewer viewer, Reads reads) {
    long owner = Users.id(reads, user);
    return reads.userLists(owner, UserLists.View.of(viewer.id(), owner));
  }

  @GetMapping("/following")
  People following(@PathVariable String user, Reads reads) {
    return reads.following(Users.id(reads, user));
  }

  @GetMapping("/followers")
  People followers(@PathVariable String user, Reads reads) {
    return reads.followers(Users.id(reads, user));
  }

  @GetMapping("/follow")
  Map<String, Object> follows(@PathVariable String user, Viewer viewer, Reads reads) {
    return Map.of("following", reads.follows(viewer.required(), Users.id(reads, user)));
  }

  @PutMapping("/follow")
  Map<String, Object> follow(@PathVariable String user, Viewer viewer, Reads reads) {
    boolean changed = social.follow(viewer.required(), Users.id(reads, user));
    return Map.of("following", true, "changed", changed);
  }

  @DeleteMapping("/follow")
  Map<String, Object> unfollow(@PathVariable String user, Viewer viewer, Reads reads) {
    boolean changed = social.unfollow(viewer.required(), Users.id(reads, user));
    return Map.of("following", false, "changed", changed);
  }
}
