package dev.larder.showcase.simlane.web;

import dev.larder.showcase.simlane.cache.AccountQueries;
import dev.larder.showcase.simlane.cache.ClubQueries;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page has: who is logged in, if anybody, and what their navigation shows. */
@ControllerAdvice(annotations = Controller.class)
final class Frame {
  private final AccountQueries accounts;
  private final ClubQueries clubs;

  Frame(AccountQueries accounts, ClubQueries clubs) {
    this.accounts = accounts;
    this.clubs = clubs;
  }

  @ModelAttribute
  void frame(HttpServletRequest request, Model model) {
    String user = request.getRemoteUser();
    if (user != null) {
      long me = Long.parseLong(user);
      model.addAttribute("me", me);
      model.addAttribute("isAdmin", request.isUserInRole("ADMIN"));
      model.addAttribute("account", Lazily.of(() -> accounts.account(me).orElseThrow()));
      model.addAttribute("myClubs", Lazily.of(() -> clubs.clubsOf(me)));
    }
  }
}
