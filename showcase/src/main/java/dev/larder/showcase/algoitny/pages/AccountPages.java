package dev.larder.showcase.algoitny.pages;

import dev.larder.showcase.algoitny.action.HistoryActions;
import dev.larder.showcase.algoitny.cache.AccountCaches;
import dev.larder.showcase.algoitny.domain.AppUser;
import dev.larder.showcase.algoitny.source.AccountReads;
import dev.larder.showcase.algoitny.web.Queries;
import dev.larder.showcase.algoitny.web.Users;
import dev.larder.showcase.web.LoginCookie;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Logging in and out, and what one user did. There are no passwords: this is a demonstration. */
@Controller
final class AccountPages {
  private static final int SUGGESTED = 10;

  private final Frame frame;
  private final AccountReads users;
  private final AccountCaches accounts;
  private final HistoryActions history;
  private final LoginCookie cookie;

  AccountPages(
      Frame frame,
      AccountReads users,
      AccountCaches accounts,
      HistoryActions history,
      LoginCookie cookie) {
    this.frame = frame;
    this.users = users;
    this.accounts = accounts;
    this.history = history;
    this.cookie = cookie;
  }

  @GetMapping("/login")
  String form(Viewer viewer, Model model) {
    frame.fill(model, "Log in", viewer);
    model.addAttribute("suggestions", users.suggestions(SUGGESTED));
    return "algoitny/login";
  }

  @PostMapping("/login")
  String login(
      @RequestParam(defaultValue = "") String username,
      Viewer viewer,
      HttpServletResponse response,
      Model model) {
    String wanted = username.strip().toLowerCase(Locale.ROOT);
    Optional<AppUser> found =
        wanted.length() <= 60 && wanted.indexOf('\0') < 0 ? users.user(wanted) : Optional.empty();
    if (found.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      model.addAttribute("unknown", wanted);
      return form(viewer, model);
    }
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.login(found.get().id()).toString());
    return found.get().admin() ? "redirect:/admin" : "redirect:/me";
  }

  @PostMapping("/logout")
  String logout(HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.logout().toString());
    return "redirect:/";
  }

  @GetMapping("/me")
  String me(@RequestParam(defaultValue = "1") int page, Viewer viewer, Model model) {
    int user = Users.id(viewer);
    frame.fill(model, "My statistics", viewer);
    model.addAttribute("stats", accounts.stats(user));
    model.addAttribute("history", accounts.history(user, Queries.page(page)));
    return "algoitny/me";
  }

  @PostMapping("/me/history/{id}/show")
  String show(
      @PathVariable long id,
      @RequestParam boolean codePublic,
      @RequestParam(defaultValue = "1") int page,
      Viewer viewer) {
    history.show(Users.id(viewer), id, codePublic);
    return "redirect:/me?page=" + Queries.page(page);
  }

  @PostMapping("/me/history/{id}/delete")
  String delete(@PathVariable long id, @RequestParam(defaultValue = "1") int page, Viewer viewer) {
    history.delete(Users.id(viewer), id);
    return "redirect:/me?page=" + Queries.page(page);
  }
}
