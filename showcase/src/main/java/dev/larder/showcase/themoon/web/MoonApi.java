package dev.larder.showcase.themoon.web;

import dev.larder.showcase.themoon.action.SocialActions;
import dev.larder.showcase.themoon.cache.FeedCaches;
import dev.larder.showcase.themoon.domain.PostDetail;
import dev.larder.showcase.themoon.domain.Reactions;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Feeds, posts, reactions and follows. */
@RestController
@RequestMapping("/api")
final class MoonApi {
  private final FeedCaches caches;
  private final SocialActions actions;

  MoonApi(FeedCaches caches, SocialActions actions) {
    this.caches = caches;
    this.actions = actions;
  }

  /** A text in a body. */
  record Text(@Nullable String text) {}

  /** A new thing's number. */
  record Made(long id) {}

  /** A page of the viewer's feed, with what the reader sees of it. */
  @GetMapping("/feed")
  FeedPage feed(@RequestParam(defaultValue = "1") int page, Viewer viewer) {
    return FeedPage.read(caches, viewer.required(), page);
  }

  @GetMapping("/posts/{id}")
  PostDetail post(@PathVariable long id) {
    return caches.post(id).orElseThrow(() -> Refused.notFound("post", id));
  }

  /** Counts by word, for each of up to 100 posts. */
  @GetMapping("/reactions")
  Map<Long, Reactions> reactions(@RequestParam List<Long> posts) {
    if (posts.size() > 100) {
      throw Refused.invalid("posts", posts.size() + " numbers", "at most 100 numbers");
    }
    return caches.reactions(posts);
  }

  @GetMapping("/following")
  List<Long> following(Viewer viewer) {
    return caches.following(viewer.required()).followees();
  }

  @PostMapping("/posts")
  @ResponseStatus(HttpStatus.CREATED)
  Made post(@RequestBody Text body, Viewer viewer) {
    return new Made(actions.post(viewer.required(), body.text()));
  }

  @DeleteMapping("/posts/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id, Viewer viewer) {
    actions.deletePost(viewer.required(), id);
  }

  @PostMapping("/posts/{id}/comments")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void comment(@PathVariable long id, @RequestBody Text body, Viewer viewer) {
    actions.comment(viewer.required(), id, body.text());
  }

  @PutMapping("/posts/{id}/reaction/{word}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void react(@PathVariable long id, @PathVariable String word, Viewer viewer) {
    actions.react(viewer.required(), id, FeedPage.kind(word));
  }

  @DeleteMapping("/posts/{id}/reaction")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void takeBack(@PathVariable long id, Viewer viewer) {
    actions.react(viewer.required(), id, null);
  }

  @PutMapping("/following/{user}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void follow(@PathVariable long user, Viewer viewer) {
    actions.follow(viewer.required(), user);
  }

  @DeleteMapping("/following/{user}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unfollow(@PathVariable long user, Viewer viewer) {
    actions.unfollow(viewer.required(), user);
  }
}
