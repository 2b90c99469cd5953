package dev.larder.showcase.algoitny.web;

import dev.larder.showcase.algoitny.action.HistoryActions;
import dev.larder.showcase.algoitny.cache.AccountCaches;
import dev.larder.showcase.algoitny.domain.Attempt;
import dev.larder.showcase.algoitny.domain.HistoryPage;
import dev.larder.showcase.algoitny.domain.UserStats;
import dev.larder.showcase.web.Viewer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What one user did; whose it is, the log-in alone says. */
@RestController
@RequestMapping("/api/account")
final class AccountApi {
  private final AccountCaches accounts;
  private final HistoryActions actions;

  AccountApi(AccountCaches accounts, HistoryActions actions) {
    this.accounts = accounts;
    this.actions = actions;
  }

  record AttemptBody(
      @Nullable String language,
      @Nullable Integer passed,
      @Nullable Integer total,
      @Nullable Boolean codePublic) {
    Attempt attempt() {
      return new Attempt(
          Objects.requireNonNullElse(language, ""),
          Objects.requireNonNullElse(passed, -1),
          Objects.requireNonNullElse(total, -1),
          Boolean.TRUE.equals(codePublic));
    }
  }

  record Visibility(boolean codePublic) {}

  @GetMapping("/stats")
  UserStats stats(Viewer viewer) {
    return accounts.stats(Users.id(viewer));
  }

  @GetMapping("/history")
  HistoryPage history(Viewer viewer, @RequestParam(defaultValue = "1") int page) {
    return accounts.history(Users.id(viewer), Queries.page(page));
  }

  @PostMapping("/history/problems/{problem}")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> add(
      Viewer viewer, @PathVariable int problem, @RequestBody AttemptBody attempt) {
    return Map.of("id", actions.add(Users.id(viewer), problem, attempt.attempt()));
  }

  @PatchMapping("/history/{id}")
  Map<String, Object> show(Viewer viewer, @PathVariable long id, @RequestBody Visibility body) {
    actions.show(Users.id(viewer), id, body.codePublic());
    return Map.of("id", id, "codePublic", body.codePublic());
  }

  @DeleteMapping("/history/{id}")
  Map<String, Object> delete(Viewer viewer, @PathVariable long id) {
    actions.delete(Users.id(viewer), id);
    return Map.of("deleted", id);
  }
}
