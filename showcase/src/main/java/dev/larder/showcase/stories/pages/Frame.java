package dev.larder.showcase.stories.pages;

import dev.larder.showcase.stories.cache.NotificationQueries;
import dev.larder.showcase.stories.cache.UserQueries;
import dev.larder.showcase.web.Ago;
import dev.larder.showcase.web.Viewer;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the model with what all pages share: the title, who is logged in, and his badge. */
@Component
final class Frame {
  private final UserQueries users;
  private final NotificationQueries notifications;

  Frame(UserQueries users, NotificationQueries notifications) {
    this.users = users;
    this.notifications = notifications;
  }

  void fill(Model model, String title, Viewer viewer) {
    model.addAttribute("title", title);
    model.addAttribute("ago", new Ago(Clock.systemUTC()));
    if (viewer.isKnown()) {
      users.user(viewer.id()).ifPresent(me -> {
        model.addAttribute("me", me);
        model.addAttribute("unread", notifications.notifications(me.id()).unread());
      });
    }
  }
}
