package dev.larder.showcase.front;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page that leads to the applications. */
@Controller
final class FrontPage {
  private final boolean hasConsoles;

  FrontPage(@Value("${showcase.console.token:}") String token) {
    this.hasConsoles = !token.isEmpty();
  }

  @GetMapping("/")
  String front(Model model) {
    model.addAttribute("hasConsoles", hasConsoles);
    return "front";
  }
}
