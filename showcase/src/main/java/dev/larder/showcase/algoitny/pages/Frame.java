package dev.larder.showcase.algoitny.pages;

import dev.larder.showcase.algoitny.cache.AccountCaches;
import dev.larder.showcase.algoitny.web.Users;
import dev.larder.showcase.web.Ago;
import dev.larder.showcase.web.Viewer;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the model with what all pages share. */
@Component
final class Frame {
  private final AccountCaches accounts;
  private final Clock clock;

  Frame(AccountCaches accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Adds the title, who is logged in, and how to tell times. */
  void fill(Model model, String title, Viewer viewer) {
    model.addAttribute("title", title);
    model.addAttribute("ago", new Ago(clock));
    if (viewer.isKnown()) {
      model.addAttribute("me", accounts.person(Users.id(viewer)).orElse(null));
    }
  }
}
