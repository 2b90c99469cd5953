package dev.larder.showcase.stories.pages;

import dev.larder.showcase.stories.cache.NotificationQueries;
import dev.larder.showcase.stories.cache.StoryQueries;
import dev.larder.showcase.stories.cache.UserQueries;
import dev.larder.showcase.stories.read.ProfileView;
import dev.larder.showcase.stories.write.OwnWrites;
import dev.larder.showcase.stories.write.ReaderWrites;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** An author's page, and what a user sees of his own. */
@Controller
final class UserPages {
  private final Frame frame;
  private final UserQueries users;
  private final StoryQueries stories;
  private final NotificationQueries notifications;
  private final ReaderWrites readers;
  private final OwnWrites own;

  UserPages(
      Frame frame,
      UserQueries users,
      StoryQueries stories,
      NotificationQueries notifications,
      ReaderWrites readers,
      OwnWrites own) {
    this.frame = frame;
    this.users = users;
    this.stories = stories;
    this.notifications = notifications;
    this.readers = readers;
    this.own = own;
  }

  private ProfileView profile(long id) {
    return users.profile(id).orElseThrow(() -> Refused.notFound("user", id));
  }

  @GetMapping("/authors/{id}")
  String author(@PathVariable long id, Viewer viewer, Model model) {
    ProfileView profile = profile(id);
    frame.fill(model, profile.displayName(), viewer);
    model.addAttribute("profile", profile);
    model.addAttribute("stats", users.stats(id));
    model.addAttribute("lines", stories.byAuthor(id));
    if (viewer.isKnown() && viewer.id() != id) {
      model.addAttribute("isFollowed", users.follows(viewer.id(), id));
    }
    return "stories/author";
  }

  @PostMapping("/authors/{id}/follow")
  String follow(@PathVariable long id, Viewer viewer) {
    readers.follow(viewer.required(), id);
    return "redirect:/authors/" + id;
  }

  @PostMapping("/authors/{id}/unfollow")
  String unfollow(@PathVariable long id, Viewer viewer) {
    readers.unfollow(viewer.required(), id);
    return "redirect:/authors/" + id;
  }

  @GetMapping("/notifications")
  String notifications(Viewer viewer, Model model) {
    long user = viewer.required();
    frame.fill(model, "Notifications", viewer);
    model.addAttribute("notifications", notifications.notifications(user));
    return "stories/notifications";
  }

  @PostMapping("/notifications/{id}/read")
  String read(@PathVariable long id, Viewer viewer) {
    own.read(viewer.required(), id);
    return "redirect:/notifications";
  }

  @PostMapping("/notifications/read")
  String readAll(Viewer viewer) {
    own.readAll(viewer.required());
    return "redirect:/notifications";
  }

  @GetMapping("/settings")
  String settings(Viewer viewer, Model model) {
    long user = viewer.required();
    frame.fill(model, "Settings", viewer);
    model.addAttribute("profile", profile(user));
    model.addAttribute(
        "settings", users.settings(user).orElseThrow(() -> Refused.notFound("user", user)));
    return "stories/settings";
  }

  @PostMapping("/settings/profile")
  String change(
      @RequestParam @Nullable String displayName,
      @RequestParam @Nullable String bio,
      @RequestParam @Nullable String location,
      Viewer viewer) {
    own.profile(viewer.required(), new OwnWrites.Profile(displayName, bio, location));
    return "redirect:/settings";
  }

  @PostMapping("/settings")
  String change(
      @RequestParam(defaultValue = "false") boolean notifyComments,
      @RequestParam(defaultValue = "false") boolean notifyFollows,
      @RequestParam @Nullable Integer trendingLimit,
      Viewer viewer) {
    own.settings(
        viewer.required(), new OwnWrites.Settings(notifyComments, notifyFollows, trendingLimit));
    return "redirect:/settings";
  }
}
