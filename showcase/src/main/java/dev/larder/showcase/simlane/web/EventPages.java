package dev.larder.showcase.simlane.web;

import dev.larder.showcase.simlane.action.EventActions;
import dev.larder.showcase.simlane.action.ProfileActions;
import dev.larder.showcase.simlane.cache.ClubQueries;
import dev.larder.showcase.simlane.cache.EventQueries;
import dev.larder.showcase.simlane.cache.ProfileQueries;
import dev.larder.showcase.simlane.domain.EventLine;
import dev.larder.showcase.web.Refused;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Events, and a user's own profile. */
@Controller
class EventPages {
  private final EventQueries events;
  private final EventActions actions;
  private final ClubQueries clubs;
  private final ProfileQueries profiles;
  private final ProfileActions profileActions;

  EventPages(
      EventQueries events,
      EventActions actions,
      ClubQueries clubs,
      ProfileQueries profiles,
      ProfileActions profileActions) {
    this.events = events;
    this.actions = actions;
    this.clubs = clubs;
    this.profiles = profiles;
    this.profileActions = profileActions;
  }

  @GetMapping("/events/{event}")
  String event(@PathVariable long event, Principal user, Model model) {
    EventLine line = events.event(event).orElseThrow(() -> Refused.notFound("event", event));
    model.addAttribute("event", line);
    model.addAttribute("manages", clubs.role(line.club(), ClubPages.id(user)).manages());
    model.addAttribute("participants", Lazily.of(() -> events.participants(event)));
    model.addAttribute("overlaps", Lazily.of(() -> events.overlaps(event)));
    return "simlane/event";
  }

  @PostMapping("/events/{event}/participation")
  String signUp(
      @PathVariable long event, @RequestParam int from, @RequestParam int to, Principal user) {
    actions.signUp(event, ClubPages.id(user), from, to);
    return "redirect:/events/" + event;
  }

  @PostMapping("/events/{event}/withdrawal")
  String withdraw(@PathVariable long event, Principal user) {
    actions.withdraw(event, ClubPages.id(user));
    return "redirect:/events/" + event;
  }

  @PostMapping("/events/{event}/name")
  String rename(@PathVariable long event, @RequestParam String name, Principal user) {
    actions.rename(ClubPages.id(user), event, name);
    return "redirect:/events/" + event;
  }

  @GetMapping("/profiles/{simulator}/{identifier}/edit")
  String edit(@PathVariable String simulator, @PathVariable String identifier, Model model) {
    model.addAttribute(
        "profile",
        profiles
            .profile(simulator, identifier)
            .orElseThrow(() -> Refused.notFound("profile", simulator + "/" + identifier)));
    return "simlane/edit";
  }

  @PostMapping("/profiles/{simulator}/{identifier}/edit")
  String describe(
      @PathVariable String simulator,
      @PathVariable String identifier,
      @RequestParam String name,
      @RequestParam String bio,
      Principal user) {
    profileActions.describe(ClubPages.id(user), simulator, identifier, name, bio);
    return "redirect:/profiles/{simulator}/{identifier}";
  }
}
