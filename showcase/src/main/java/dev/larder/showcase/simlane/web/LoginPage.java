package dev.larder.showcase.simlane.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where people log in; its form has a token, so it is kept by nobody. */
@Controller
class LoginPage {

  @GetMapping("/login")
  String login() {
    return "simlane/login";
  }
}
