package dev.larder.showcase.front;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page that leads to the applications. */
@Controller
final class FrontPage {
  @GetMapping("/")
  String front() {
    return "front";
  }
}
