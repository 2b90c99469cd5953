package dev.larder.showcase.simlane.web;

import dev.larder.showcase.simlane.action.ClubActions;
import dev.larder.showcase.simlane.cache.ClubQueries;
import dev.larder.showcase.simlane.domain.ClubLine;
import dev.larder.showcase.simlane.domain.Role;
import dev.larder.showcase.web.Refused;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Clubs, for users: dashboards of fragments, and what members do there. */
@Controller
class ClubPages {
  private final ClubQueries clubs;
  private final ClubActions actions;

  ClubPages(ClubQueries clubs, ClubActions actions) {
    this.clubs = clubs;
    this.actions = actions;
  }

  @GetMapping("/clubs")
  String list(@RequestParam(defaultValue = "0") int page, Model model) {
    if (page < 0) {
      throw Refused.invalid("page", page, "0 or more");
    }
    model.addAttribute("page", page);
    model.addAttribute("clubs", clubs.clubs(page));
    return "simlane/clubs";
  }

  @GetMapping("/clubs/{club}")
  String dashboard(@PathVariable long club, Principal user, Model model) {
    ClubLine found = found(club);
    Role role = clubs.role(club, id(user));
    model.addAttribute("club", found);
    model.addAttribute("role", role);
    model.addAttribute("stats", Lazily.of(() -> clubs.stats(club)));
    model.addAttribute("members", Lazily.of(() -> clubs.members(club)));
    model.addAttribute("teams", Lazily.of(() -> clubs.teams(club)));
    model.addAttribute("events", Lazily.of(() -> clubs.events(club)));
    return "simlane/club";
  }

  @PostMapping("/clubs/{club}/join")
  String join(@PathVariable long club, Principal user) {
    actions.join(found(club).id(), id(user));
    return "redirect:/clubs/" + club;
  }

  @PostMapping("/clubs/{club}/leave")
  String leave(@PathVariable long club, Principal user) {
    actions.leave(club, id(user));
    return "redirect:/clubs/" + club;
  }

  /** Forms have a token, which no fragment may hold: so they have a page of their own. */
  @GetMapping("/clubs/{club}/manage")
  String manage(@PathVariable long club, Principal user, Model model) {
    ClubLine found = found(club);
    Role role = clubs.role(club, id(user));
    if (!role.manages()) {
      throw Refused.because(Refused.Reason.FORBIDDEN, "Only those who manage a club may do this.");
    }
    model.addAttribute("club", found);
    model.addAttribute("role", role);
    model.addAttribute("roles", List.of(Role.MEMBER, Role.MANAGER, Role.ADMIN));
    model.addAttribute("members", clubs.members(club));
    model.addAttribute("teams", clubs.teams(club));
    return "simlane/manage";
  }

  @PostMapping("/clubs/{club}/members/{membership}")
  String promote(
      @PathVariable long club,
      @PathVariable long membership,
      @RequestParam Role role,
      Principal user) {
    actions.promote(id(user), club, membership, role);
    return "redirect:/clubs/" + club + "/manage";
  }

  /** No driver frees the seat. */
  @PostMapping("/clubs/{club}/seats/{seat}")
  String seat(
      @PathVariable long club,
      @PathVariable long seat,
      @RequestParam(required = false) @Nullable Long driver,
      Principal user) {
    actions.seat(id(user), club, seat, driver);
    return "redirect:/clubs/" + club + "/manage";
  }

  private ClubLine found(long club) {
    return clubs.club(club).orElseThrow(() -> Refused.notFound("club", club));
  }

  static long id(Principal user) {
    return Long.parseLong(user.getName());
  }
}
