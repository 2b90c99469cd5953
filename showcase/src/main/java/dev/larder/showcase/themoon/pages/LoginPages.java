package dev.larder.showcase.themoon.pages;

import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.codec.TypeRef;
import dev.larder.showcase.themoon.domain.Person;
import dev.larder.showcase.themoon.source.PeopleQueries;
import dev.larder.showcase.web.LoginCookie;
import dev.larder.showcase.web.Viewer;
import dev.larder.strategy.CacheAside;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The front page, logging in and out. There are no passwords: this is a demonstration. */
@Controller
final class LoginPages {
  private static final int SUGGESTIONS = 9;
  private static final int LONGEST_NAME = 60;

  private final Frame frame;
  private final PeopleQueries people;
  private final LoginCookie cookie;

  /** Who is worth being takes a look at all follows, and changes little. */
  private final CacheAside<String, List<Person>> famous;

  LoginPages(Frame frame, PeopleQueries people, LoginCookie cookie, Larder larder) {
    this.frame = frame;
    this.people = people;
    this.cookie = cookie;
    famous = CacheAside.of(
        larder,
        "famous",
        CachePolicy.of(String.class, new TypeRef<List<Person>>() {})
            .tiers(CacheTier.L1)
            .ttl(Duration.ofHours(1))
            .build(),
        key -> people.mostFollowed(SUGGESTIONS));
  }

  List<Person> famous() {
    List<Person> found = famous.get("followed");
    return found == null ? List.of() : found;
  }

  @GetMapping("/")
  String start(Viewer viewer, Model model) {
    return form(viewer, model);
  }

  @GetMapping("/login")
  String form(Viewer viewer, Model model) {
    frame.fill(model, "TheMoon", viewer);
    model.addAttribute("suggestions", famous());
    return "themoon/start";
  }

  @PostMapping("/login")
  String login(
      @RequestParam(defaultValue = "") String username,
      Viewer viewer,
      HttpServletResponse response,
      Model model) {
    String wanted = username.strip().toLowerCase(Locale.ROOT);
    @Nullable Person found = canBeName(wanted) ? people.person(wanted).orElse(null) : null;
    if (found == null) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      model.addAttribute("unknown", wanted);
      return form(viewer, model);
    }
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.login(found.id()).toString());
    return "redirect:/feed";
  }

  /** PostgreSQL takes no NUL; longer names do not fit the field. */
  static boolean canBeName(String wanted) {
    return wanted.length() <= LONGEST_NAME && wanted.indexOf('\0') < 0;
  }

  @PostMapping("/logout")
  String logout(HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.logout().toString());
    return "redirect:/login";
  }
}
