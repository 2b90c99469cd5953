package dev.larder.showcase.stories.pages;

import dev.larder.Larder;
import dev.larder.showcase.stories.cache.StoryQueries;
import dev.larder.showcase.stories.cache.UserQueries;
import dev.larder.showcase.stories.read.SettingsView;
import dev.larder.showcase.stories.web.CacheLine;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Viewer;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What to read, what is found, and what the caches did for it. */
@Controller
final class FrontPages {
  private static final int TRENDING = 10;
  private static final int LONGEST_SEARCH = 60;

  private final Frame frame;
  private final StoryQueries stories;
  private final UserQueries users;
  private final Larder larder;

  FrontPages(Frame frame, StoryQueries stories, UserQueries users, Larder larder) {
    this.frame = frame;
    this.stories = stories;
    this.users = users;
    this.larder = larder;
  }

  @GetMapping("/")
  String front(Viewer viewer, Model model) {
    frame.fill(model, "Stories", viewer);
    int limit = viewer.isKnown()
        ? users.settings(viewer.id()).map(SettingsView::trendingLimit).orElse(TRENDING)
        : TRENDING;
    model.addAttribute("featured", stories.featured());
    model.addAttribute("trending", stories.trending(limit));
    return "stories/front";
  }

  @GetMapping("/search")
  String search(@RequestParam(defaultValue = "") String q, Viewer viewer, Model model) {
    frame.fill(model, "Search", viewer);
    if (!q.isBlank()) {
      Checks checks = new Checks();
      String words = checks.text("q", q, 1, LONGEST_SEARCH);
      checks.done();
      model.addAttribute("q", words);
      model.addAttribute("found", stories.search(words));
    }
    return "stories/search";
  }

  @GetMapping("/statistics")
  String statistics(Viewer viewer, Model model) {
    frame.fill(model, "Statistics", viewer);
    model.addAttribute("caches", CacheLine.of(larder));
    return "stories/statistics";
  }
}
