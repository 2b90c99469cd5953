package dev.larder.showcase.stories.web;

import dev.larder.showcase.stories.cache.NotificationQueries;
import dev.larder.showcase.stories.cache.StoryQueries;
import dev.larder.showcase.stories.cache.UserQueries;
import dev.larder.showcase.stories.read.Account;
import dev.larder.showcase.stories.read.Notifications;
import dev.larder.showcase.stories.read.ProfileView;
import dev.larder.showcase.stories.read.SettingsView;
import dev.larder.showcase.stories.read.StoryLine;
import dev.larder.showcase.stories.read.UserStats;
import dev.larder.showcase.stories.write.OwnWrites;
import dev.larder.showcase.stories.write.ReaderWrites;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users, and what a user alone may see and change. */
@RestController
@RequestMapping("/api")
final class UserApi {
  private final UserQueries users;
  private final StoryQueries stories;
  private final NotificationQueries notifications;
  private final ReaderWrites readers;
  private final OwnWrites own;

  UserApi(
      UserQueries users,
      StoryQueries stories,
      NotificationQueries notifications,
      ReaderWrites readers,
      OwnWrites own) {
    this.users = users;
    this.stories = stories;
    this.notifications = notifications;
    this.readers = readers;
    this.own = own;
  }

  private static Supplier<Refused> noUser(long id) {
    return () -> Refused.notFound("user", id);
  }

  @GetMapping("/users/{id}")
  Account user(@PathVariable long id) {
    return users.user(id).orElseThrow(noUser(id));
  }

  @GetMapping("/users/{id}/profile")
  ProfileView profile(@PathVariable long id) {
    return users.profile(id).orElseThrow(noUser(id));
  }

  @GetMapping("/users/{id}/stats")
  UserStats stats(@PathVariable long id) {
    return users.stats(id);
  }

  @GetMapping("/users/{id}/stories")
  List<StoryLine> stories(@PathVariable long id) {
    return stories.byAuthor(id);
  }

  @PutMapping("/users/{id}/follow")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void follow(@PathVariable long id, Viewer viewer) {
    readers.follow(viewer.required(), id);
  }

  @DeleteMapping("/users/{id}/follow")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unfollow(@PathVariable long id, Viewer viewer) {
    readers.unfollow(viewer.required(), id);
  }

  @PutMapping("/me/profile")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@RequestBody OwnWrites.Profile wanted, Viewer viewer) {
    own.profile(viewer.required(), wanted);
  }

  @GetMapping("/me/settings")
  SettingsView settings(Viewer viewer) {
    return users.settings(viewer.required()).orElseThrow(noUser(viewer.id()));
  }

  @PutMapping("/me/settings")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@RequestBody OwnWrites.Settings wanted, Viewer viewer) {
    own.settings(viewer.required(), wanted);
  }

  @GetMapping("/me/notifications")
  Notifications notifications(Viewer viewer) {
    return notifications.notifications(viewer.required());
  }

  @PostMapping("/me/notifications/{id}/read")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void read(@PathVariable long id, Viewer viewer) {
    own.read(viewer.required(), id);
  }

  @PostMapping("/me/notifications/read")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void readAll(Viewer viewer) {
    own.readAll(viewer.required());
  }
}
