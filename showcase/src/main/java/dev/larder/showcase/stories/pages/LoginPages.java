package dev.larder.showcase.stories.pages;

import dev.larder.showcase.stories.cache.UserQueries;
import dev.larder.showcase.web.LoginCookie;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Logging in and out. There are no passwords: this is a demonstration. */
@Controller
final class LoginPages {
  private static final int SUGGESTIONS = 6;
  private static final int LONGEST_NAME = 60;

  private final Frame frame;
  private final UserQueries users;
  private final LoginCookie cookie;

  LoginPages(Frame frame, UserQueries users, LoginCookie cookie) {
    this.frame = frame;
    this.users = users;
    this.cookie = cookie;
  }

  @GetMapping("/login")
  String form(Viewer viewer, Model model) {
    frame.fill(model, "Log in", viewer);
    model.addAttribute(
        "suggestions",
        LongStream.rangeClosed(1, SUGGESTIONS)
            .mapToObj(users::profile)
            .flatMap(Optional::stream)
            .toList());
    return "stories/login";
  }

  @PostMapping("/login")
  String login(
      @RequestParam(defaultValue = "") String username,
      Viewer viewer,
      HttpServletResponse response,
      Model model) {
    String wanted = username.strip().toLowerCase(Locale.ROOT);
    Optional<Long> found = wanted.length() > LONGEST_NAME || wanted.indexOf('\0') >= 0
        ? Optional.empty()
        : users.idOf(wanted);
    if (found.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      model.addAttribute("unknown", wanted);
      return form(viewer, model);
    }
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.login(found.get()).toString());
    return "redirect:/";
  }

  @PostMapping("/logout")
  String logout(HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.logout().toString());
    return "redirect:/";
  }
}
