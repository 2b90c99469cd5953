package dev.larder.showcase.algoitny.pages;

import dev.larder.showcase.algoitny.action.HistoryActions;
import dev.larder.showcase.algoitny.cache.ProblemCaches;
import dev.larder.showcase.algoitny.domain.Attempt;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import dev.larder.showcase.algoitny.source.PlatformCounts;
import dev.larder.showcase.algoitny.web.Queries;
import dev.larder.showcase.algoitny.web.Users;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The front page, lists of problems, one problem. */
@Controller
final class ProblemPages {
  private final Frame frame;
  private final ProblemCaches problems;
  private final PlatformCounts platforms;
  private final HistoryActions history;

  ProblemPages(
      Frame frame, ProblemCaches problems, PlatformCounts platforms, HistoryActions history) {
    this.frame = frame;
    this.problems = problems;
    this.platforms = platforms;
    this.history = history;
  }

  @GetMapping("/")
  String front(Viewer viewer, Model model) {
    frame.fill(model, "AlgoItny", viewer);
    return "algoitny/front";
  }

  @GetMapping("/problems")
  String list(
      @RequestParam(defaultValue = ProblemQuery.EVERY) String platform,
      @RequestParam(defaultValue = "") String search,
      @RequestParam(defaultValue = "1") int page,
      Viewer viewer,
      Model model) {
    ProblemQuery query = Queries.problems(platform, search, page);
    frame.fill(model, "Problems", viewer);
    model.addAttribute("query", query);
    model.addAttribute("platforms", platforms.counts());
    model.addAttribute("list", problems.page(query));
    return "algoitny/problems";
  }

  @GetMapping("/problems/{id}")
  String problem(@PathVariable int id, Viewer viewer, Model model) {
    var detail = problems.detail(id).orElseThrow(() -> Refused.notFound("problem", id));
    frame.fill(model, detail.title(), viewer);
    model.addAttribute("problem", detail);
    return "algoitny/problem";
  }

  @PostMapping("/problems/{id}/attempts")
  String attempt(
      @PathVariable int id,
      @RequestParam String language,
      @RequestParam int passed,
      @RequestParam int total,
      @RequestParam(defaultValue = "false") boolean codePublic,
      Viewer viewer) {
    history.add(Users.id(viewer), id, new Attempt(language, passed, total, codePublic));
    return "redirect:/me";
  }

  @GetMapping("/drafts")
  String drafts(Viewer viewer, Model model) {
    frame.fill(model, "Drafts", viewer);
    model.addAttribute("drafts", problems.drafts());
    return "algoitny/drafts";
  }

  @GetMapping("/registered")
  String registered(Viewer viewer, Model model) {
    frame.fill(model, "Registered problems", viewer);
    model.addAttribute("registered", problems.registered());
    return "algoitny/registered";
  }
}
