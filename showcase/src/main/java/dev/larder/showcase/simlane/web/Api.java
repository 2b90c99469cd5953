package dev.larder.showcase.simlane.web;

import dev.larder.showcase.simlane.cache.ClubQueries;
import dev.larder.showcase.simlane.cache.EventQueries;
import dev.larder.showcase.simlane.cache.ProfileQueries;
import dev.larder.showcase.simlane.cache.Tags;
import dev.larder.showcase.simlane.domain.ClubLine;
import dev.larder.showcase.simlane.domain.ClubStats;
import dev.larder.showcase.simlane.domain.EventLine;
import dev.larder.showcase.simlane.domain.Found;
import dev.larder.showcase.simlane.domain.Overlap;
import dev.larder.showcase.simlane.domain.ProfileDetail;
import dev.larder.showcase.simlane.domain.ProfileLine;
import dev.larder.showcase.simlane.domain.ProfileStats;
import dev.larder.showcase.simlane.domain.Team;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import dev.larder.web.spring.CachedResponse;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API layer: GET, 200, JSON, for those who are not logged in; 5 to 15 minutes. */
@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
class Api {
  private static final int MOST_PAGES = 400;
  private static final int LONGEST_SEARCH = 60;

  private final ClubQueries clubs;
  private final EventQueries events;
  private final ProfileQueries profiles;

  Api(ClubQueries clubs, EventQueries events, ProfileQueries profiles) {
    this.clubs = clubs;
    this.events = events;
    this.profiles = profiles;
  }

  /** A club and its figures. */
  record ClubAnswer(ClubLine club, ClubStats stats) {}

  /** An event, how many take part, and how many are free in each hour. */
  record EventAnswer(EventLine event, int participants, List<Overlap> overlaps) {}

  /** A profile and its figures. */
  record ProfileAnswer(ProfileDetail profile, ProfileStats stats) {}

  @CachedResponse(ttl = "15m")
  @GetMapping("/clubs")
  List<ClubLine> clubs(@RequestParam(defaultValue = "0") int page) {
    return clubs.clubs(checked(page));
  }

  @CachedResponse(ttl = "5m", tags = Tags.CLUB + "#{#club}" + Tags.STATS)
  @GetMapping("/clubs/{club}")
  ClubAnswer club(@PathVariable long club) {
    return new ClubAnswer(found(club), clubs.stats(club));
  }

  @CachedResponse(ttl = "10m", tags = Tags.CLUB + "#{#club}" + Tags.TEAMS)
  @GetMapping("/clubs/{club}/teams")
  List<Team> teams(@PathVariable long club) {
    return clubs.teams(found(club).id());
  }

  @CachedResponse(ttl = "10m", tags = Tags.CLUB + "#{#club}" + Tags.EVENTS)
  @GetMapping("/clubs/{club}/events")
  List<EventLine> events(@PathVariable long club) {
    return clubs.events(found(club).id());
  }

  @CachedResponse(
      ttl = "5m",
      tags = {Tags.EVENT + "#{#event}", Tags.EVENT + "#{#event}" + Tags.PARTICIPATION})
  @GetMapping("/events/{event}")
  EventAnswer event(@PathVariable long event) {
    EventLine line = events.event(event).orElseThrow(() -> Refused.notFound("event", event));
    return new EventAnswer(line, events.participants(event).size(), events.overlaps(event));
  }

  @CachedResponse(ttl = "15m", tags = Tags.PROFILES)
  @GetMapping("/profiles")
  List<ProfileLine> profiles(
      @RequestParam(defaultValue = "") String simulator,
      @RequestParam(defaultValue = "0") int page) {
    return profiles.profiles(simulator, checked(page));
  }

  @CachedResponse(ttl = "5m", tags = Tags.PROFILE + "#{#simulator}:#{#identifier}")
  @GetMapping("/profiles/{simulator}/{identifier}")
  ProfileAnswer profile(@PathVariable String simulator, @PathVariable String identifier) {
    return new ProfileAnswer(
        profiles
            .profile(simulator, identifier)
            .orElseThrow(() -> Refused.notFound("profile", simulator + "/" + identifier)),
        profiles.stats(simulator, identifier));
  }

  @CachedResponse(ttl = "5m")
  @GetMapping("/search")
  Found search(@RequestParam(defaultValue = "") String q) {
    if (q.length() > LONGEST_SEARCH) {
      throw Refused.invalid("q", q, "at most " + LONGEST_SEARCH + " characters");
    }
    Found found = profiles.search(q);
    PublicPages.tag(found);
    return found;
  }

  private ClubLine found(long club) {
    return clubs.club(club).orElseThrow(() -> Refused.notFound("club", club));
  }

  private static int checked(int page) {
    Checks checks = new Checks();
    checks.number("page", page, 0, MOST_PAGES - 1);
    checks.done();
    return page;
  }
}
