package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.LoginCookie;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Logging in and out. There are no passwords: this is a demonstration. */
@Controller
final class LoginPages {
  private final Frame frame;
  private final DemoUsers users;
  private final LoginCookie cookie;

  LoginPages(Frame frame, DemoUsers users, LoginCookie cookie) {
    this.frame = frame;
    this.users = users;
    this.cookie = cookie;
  }

  @GetMapping("/")
  String start(Viewer viewer) {
    return viewer.isKnown() ? "redirect:/feed" : "redirect:/login";
  }

  @GetMapping("/login")
  String form(Viewer viewer, Reads reads, HttpServletRequest request, Model model) {
    frame.fill(model, "Log in", viewer, reads, request);
    model.addAttribute("suggestions", users.suggestions());
    return "halfnote/login";
  }

  @PostMapping("/login")
  String login(
      @RequestParam(defaultValue = "") String username,
      Viewer viewer,
      Reads reads,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    String wanted = username.strip().toLowerCase(Locale.ROOT);
    Optional<Profile> found = canBeName(wanted) ? reads.profile(wanted) : Optional.empty();
    if (found.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      model.addAttribute("unknown", wanted);
      return form(viewer, reads, request, model);
    }
    response.addHeader(
        HttpHeaders.SET_COOKIE, cookie.login(found.get().person().id()).toString());
    return "redirect:/feed";
  }

  /** PostgreSQL takes no NUL; longer names do not fit the field. */
  private static boolean canBeName(String wanted) {
    return wanted.length() <= 60 && wanted.indexOf('\0') < 0;
  }

  @PostMapping("/logout")
  String logout(HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.logout().toString());
    return "redirect:/login";
  }
}
