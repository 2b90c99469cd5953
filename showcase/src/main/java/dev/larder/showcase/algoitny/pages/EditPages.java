package dev.larder.showcase.algoitny.pages;

import dev.larder.showcase.algoitny.action.ProblemActions;
import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.algoitny.domain.Problem;
import dev.larder.showcase.algoitny.domain.ProblemText;
import dev.larder.showcase.algoitny.source.ProblemReads;
import dev.larder.showcase.algoitny.web.Users;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Creating, editing and deleting problems and test cases, for the administrator; reads no cache. */
@Controller
@RequestMapping("/admin/problems")
final class EditPages {
  private final Frame frame;
  private final Users users;
  private final ProblemReads reads;
  private final ProblemActions actions;

  EditPages(Frame frame, Users users, ProblemReads reads, ProblemActions actions) {
    this.frame = frame;
    this.users = users;
    this.reads = reads;
    this.actions = actions;
  }

  @GetMapping("/new")
  String fresh(Viewer viewer, Model model) {
    users.mustBeAdmin(viewer);
    frame.fill(model, "New problem", viewer);
    model.addAttribute("platforms", Platforms.ALL);
    return "algoitny/edit";
  }

  @GetMapping("/{id}")
  String form(@PathVariable int id, Viewer viewer, Model model) {
    users.mustBeAdmin(viewer);
    Problem problem = reads.problem(id).orElseThrow(() -> Refused.notFound("problem", id));
    frame.fill(model, "Edit problem " + id, viewer);
    model.addAttribute("problem", problem);
    model.addAttribute("cases", reads.testCases(Set.of(id)).getOrDefault(id, List.of()));
    return "algoitny/edit";
  }

  @PostMapping
  String create(
      @RequestParam String platform,
      @RequestParam String number,
      @RequestParam String title,
      @RequestParam int difficulty,
      @RequestParam String statement,
      @RequestParam(defaultValue = "false") boolean completed,
      Viewer viewer) {
    users.mustBeAdmin(viewer);
    int id =
        actions.create(platform, new ProblemText(number, title, difficulty, statement, completed));
    return "redirect:/problems/" + id;
  }

  @PostMapping("/{id}")
  String edit(
      @PathVariable int id,
      @RequestParam String number,
      @RequestParam String title,
      @RequestParam int difficulty,
      @RequestParam String statement,
      @RequestParam(defaultValue = "false") boolean completed,
      Viewer viewer) {
    users.mustBeAdmin(viewer);
    actions.edit(id, new ProblemText(number, title, difficulty, statement, completed));
    return "redirect:/problems/" + id;
  }

  @PostMapping("/{id}/delete")
  String delete(@PathVariable int id, Viewer viewer) {
    users.mustBeAdmin(viewer);
    actions.delete(id);
    return "redirect:/problems";
  }

  @PostMapping("/{id}/test-cases")
  String addTestCase(
      @PathVariable int id,
      @RequestParam String input,
      @RequestParam String output,
      Viewer viewer) {
    users.mustBeAdmin(viewer);
    actions.addTestCase(id, input, output);
    return "redirect:/problems/" + id;
  }

  @PostMapping("/{id}/test-cases/{testCase}")
  String editTestCase(
      @PathVariable int id,
      @PathVariable long testCase,
      @RequestParam String input,
      @RequestParam String output,
      Viewer viewer) {
    users.mustBeAdmin(viewer);
    actions.editTestCase(testCase, input, output);
    return "redirect:/problems/" + id;
  }

  @PostMapping("/{id}/test-cases/{testCase}/delete")
  String deleteTestCase(@PathVariable int id, @PathVariable long testCase, Viewer viewer) {
    users.mustBeAdmin(viewer);
    actions.deleteTestCase(testCase);
    return "redirect:/problems/" + id;
  }
}
