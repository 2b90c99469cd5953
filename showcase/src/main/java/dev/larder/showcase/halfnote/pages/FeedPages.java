package dev.larder.showcase.halfnote.pages;

import dev.larder.Larder;
import dev.larder.log.Position;
import dev.larder.showcase.halfnote.domain.FeedCursor;
import dev.larder.showcase.halfnote.domain.FeedKind;
import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.source.SearchWords;
import dev.larder.showcase.halfnote.web.FeedPage;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One's own three feeds, and search. */
@Controller
final class FeedPages {
  private final Frame frame;
  private final Larder larder;

  FeedPages(Frame frame, Larder larder) {
    this.frame = frame;
    this.larder = larder;
  }

  @GetMapping("/feed")
  String feed(
      @RequestParam(defaultValue = "friends") String kind,
      @RequestParam(required = false) @Nullable String before,
      Viewer viewer,
      Reads reads,
      HttpServletRequest request,
      Model model) {
    long me = viewer.required();
    Checks checks = new Checks();
    Optional<FeedKind> wanted = FeedKind.of(kind);
    Optional<FeedCursor> cursor = before == null ? Optional.empty() : FeedCursor.parse(before);
    if (wanted.isEmpty()) {
      checks.fault("kind", kind, "friends, you or incoming");
    }
    if (before != null && cursor.isEmpty()) {
      checks.fault("before", before, "as the link to older lines has it");
    }
    checks.done();
    // Before the feed is read: what comes after this is not on the page.
    model.addAttribute("position", larder.position().map(Position::toString).orElse(""));
    frame.fill(model, "Feed", viewer, reads, request);
    model.addAttribute("feed", FeedPage.read(reads, me, wanted.orElseThrow(), cursor.orElse(null)));
    return "halfnote/feed";
  }

  @GetMapping("/search")
  String search(
      @RequestParam(defaultValue = "") String q,
      Viewer viewer,
      Reads reads,
      HttpServletRequest request,
      Model model) {
    frame.fill(model, "Search", viewer, reads, request);
    model.addAttribute("q", q);
    SearchResult none = new SearchResult("", List.of(), List.of());
    model.addAttribute("found", SearchWords.of(q).map(reads::search).orElse(none));
    return "halfnote/search";
  }
}
