package dev.larder.showcase.algoitny.web;

import dev.larder.showcase.algoitny.action.ProblemActions;
import dev.larder.showcase.algoitny.domain.ProblemText;
import dev.larder.showcase.web.Viewer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Problems and test cases, for the administrator. */
@RestController
@RequestMapping("/api/admin")
final class AdminApi {
  private final Users users;
  private final ProblemActions actions;

  AdminApi(Users users, ProblemActions actions) {
    this.users = users;
    this.actions = actions;
  }

  record ProblemBody(
      @Nullable String platform,
      @Nullable String number,
      @Nullable String title,
      @Nullable Integer difficulty,
      @Nullable String statement,
      @Nullable Boolean completed) {
    ProblemText text() {
      return new ProblemText(
          Objects.requireNonNullElse(number, ""),
          Objects.requireNonNullElse(title, ""),
          Objects.requireNonNullElse(difficulty, 0),
          Objects.requireNonNullElse(statement, ""),
          Boolean.TRUE.equals(completed));
    }
  }

  record TestCaseBody(@Nullable String input, @Nullable String output) {}

  @PostMapping("/problems")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> create(Viewer viewer, @RequestBody ProblemBody body) {
    users.mustBeAdmin(viewer);
    return Map.of(
        "id", actions.create(Objects.requireNonNullElse(body.platform(), ""), body.text()));
  }

  @PutMapping("/problems/{id}")
  Map<String, Object> edit(Viewer viewer, @PathVariable int id, @RequestBody ProblemBody body) {
    users.mustBeAdmin(viewer);
    actions.edit(id, body.text());
    return Map.of("id", id);
  }

  @DeleteMapping("/problems/{id}")
  Map<String, Object> delete(Viewer viewer, @PathVariable int id) {
    users.mustBeAdmin(viewer);
    actions.delete(id);
    return Map.of("deleted", id);
  }

  @PostMapping("/problems/{id}/test-cases")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> addTestCase(
      Viewer viewer, @PathVariable int id, @RequestBody TestCaseBody body) {
    users.mustBeAdmin(viewer);
    return Map.of("id", actions.addTestCase(id, body.input(), body.output()));
  }

  @PutMapping("/test-cases/{id}")
  Map<String, Object> editTestCase(
      Viewer viewer, @PathVariable long id, @RequestBody TestCaseBody body) {
    users.mustBeAdmin(viewer);
    actions.editTestCase(id, body.input(), body.output());
    return Map.of("id", id);
  }

  @DeleteMapping("/test-cases/{id}")
  Map<String, Object> deleteTestCase(Viewer viewer, @PathVariable long id) {
    users.mustBeAdmin(viewer);
    return Map.of("deleted", id, "problem", actions.deleteTestCase(id));
  }
}
