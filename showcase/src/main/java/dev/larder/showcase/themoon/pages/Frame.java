package dev.larder.showcase.themoon.pages;

import dev.larder.showcase.themoon.cache.FeedCaches;
import dev.larder.showcase.themoon.chat.Instances;
import dev.larder.showcase.themoon.domain.ReactionKind;
import dev.larder.showcase.web.Ago;
import dev.larder.showcase.web.Viewer;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the model with what all pages share. */
@Component
final class Frame {
  private final FeedCaches caches;
  private final Instances instances;

  Frame(FeedCaches caches, Instances instances) {
    this.caches = caches;
    this.instances = instances;
  }

  void fill(Model model, String title, Viewer viewer) {
    model.addAttribute("title", title);
    model.addAttribute("me", viewer.isKnown() ? caches.person(viewer.id()).orElse(null) : null);
    model.addAttribute("ago", new Ago(Clock.systemUTC()));
    model.addAttribute("kinds", ReactionKind.values());
    model.addAttribute("instance", instances.own());
  }
}
