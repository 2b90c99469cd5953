package dev.larder.showcase.themoon.pages;

import dev.larder.showcase.themoon.action.SocialActions;
import dev.larder.showcase.themoon.cache.FeedCaches;
import dev.larder.showcase.themoon.chat.Conversations;
import dev.larder.showcase.themoon.domain.Person;
import dev.larder.showcase.themoon.domain.PostDetail;
import dev.larder.showcase.themoon.source.PeopleQueries;
import dev.larder.showcase.themoon.web.FeedPage;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The feed, a post, and people. */
@Controller
final class FeedPages {
  private static final int FOUND = 30;

  private final Frame frame;
  private final FeedCaches caches;
  private final SocialActions actions;
  private final PeopleQueries people;
  private final LoginPages logins;
  private final Conversations conversations;

  FeedPages(
      Frame frame,
      FeedCaches caches,
      SocialActions actions,
      PeopleQueries people,
      LoginPages logins,
      Conversations conversations) {
    this.frame = frame;
    this.caches = caches;
    this.actions = actions;
    this.people = people;
    this.logins = logins;
    this.conversations = conversations;
  }

  @GetMapping("/feed")
  String feed(@RequestParam(defaultValue = "1") int page, Viewer viewer, Model model) {
    FeedPage feed = FeedPage.read(caches, viewer.required(), page);
    frame.fill(model, "Feed", viewer);
    model.addAttribute("feed", feed);
    return "themoon/feed";
  }

  @PostMapping("/posts")
  String post(@RequestParam(defaultValue = "") String text, Viewer viewer) {
    actions.post(viewer.required(), text);
    return "redirect:/feed";
  }

  @GetMapping("/posts/{id}")
  String post(@PathVariable long id, Viewer viewer, Model model) {
    long me = viewer.required();
    PostDetail detail = caches.post(id).orElseThrow(() -> Refused.notFound("post", id));
    frame.fill(model, "Post", viewer);
    model.addAttribute(
        "line", FeedPage.lines(caches, me, List.of(detail.post())).get(0));
    model.addAttribute("comments", detail.comments());
    return "themoon/post";
  }

  @PostMapping("/posts/{id}/comments")
  String comment(
      @PathVariable long id, @RequestParam(defaultValue = "") String text, Viewer viewer) {
    actions.comment(viewer.required(), id, text);
    return "redirect:/posts/" + id;
  }

  /** Reacts, or takes the same reaction back. */
  @PostMapping("/posts/{id}/react")
  String react(@PathVariable long id, @RequestParam String kind, Viewer viewer) {
    long me = viewer.required();
    var wanted = FeedPage.kind(kind);
    boolean isThere = wanted == caches.reactionsOf(me, List.of(id)).get(id);
    actions.react(me, id, isThere ? null : wanted);
    return "redirect:/posts/" + id;
  }

  @PostMapping("/posts/{id}/delete")
  String delete(@PathVariable long id, Viewer viewer) {
    actions.deletePost(viewer.required(), id);
    return "redirect:/feed";
  }

  @GetMapping("/people")
  String people(@RequestParam(defaultValue = "") String q, Viewer viewer, Model model) {
    long me = viewer.required();
    String wanted = q.strip().toLowerCase(java.util.Locale.ROOT);
    List<Person> found = wanted.isEmpty() || !LoginPages.canBeName(wanted)
        ? logins.famous()
        : people.beginning(wanted, FOUND);
    frame.fill(model, "People", viewer);
    model.addAttribute("q", q);
    model.addAttribute("people", found);
    model.addAttribute("followed", Set.copyOf(caches.following(me).followees()));
    return "themoon/people";
  }

  @PostMapping("/people/{id}/follow")
  String follow(
      @PathVariable long id,
      @RequestParam boolean on,
      @RequestParam(defaultValue = "") String q,
      Viewer viewer) {
    if (on) {
      actions.follow(viewer.required(), id);
    } else {
      actions.unfollow(viewer.required(), id);
    }
    return "redirect:/people?q=" + org.springframework.web.util.UriUtils.encode(q, "UTF-8");
  }

  @PostMapping("/people/{id}/talk")
  String talk(@PathVariable long id, Viewer viewer) {
    long me = viewer.required();
    Person other = caches.person(id).orElseThrow(() -> Refused.notFound("user", id));
    return "redirect:/conversations/" + conversations.between(me, other.id());
  }
}
