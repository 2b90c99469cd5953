package dev.larder.showcase.simlane.web;

import dev.larder.Loading;
import dev.larder.showcase.simlane.cache.ProfileQueries;
import dev.larder.showcase.simlane.cache.Tags;
import dev.larder.showcase.simlane.domain.Found;
import dev.larder.showcase.web.Refused;
import dev.larder.web.spring.CachedPage;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The view layer: whole pages, kept for visitors who are not logged in, one for each language. A user's
 * page goes past it to the handler, and to the layers below.
 */
@Controller
class PublicPages {
  private static final int MOST_PAGES = 400;
  private static final int LONGEST_SEARCH = 60;

  private final ProfileQueries profiles;

  PublicPages(ProfileQueries profiles) {
    this.profiles = profiles;
  }

  @CachedPage
  @GetMapping("/")
  String front() {
    return "simlane/front";
  }

  @CachedPage
  @GetMapping("/about")
  String about(Model model) {
    model.addAttribute("text", "about");
    return "simlane/text";
  }

  @CachedPage
  @GetMapping("/terms")
  String terms(Model model) {
    model.addAttribute("text", "terms");
    return "simlane/text";
  }

  @CachedPage(tags = Tags.PROFILES)
  @GetMapping("/profiles")
  String profiles(
      @RequestParam(defaultValue = "") String simulator,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    if (page < 0 || page >= MOST_PAGES) {
      throw Refused.invalid("page", page, "0 to " + (MOST_PAGES - 1));
    }
    model.addAttribute("simulator", simulator);
    model.addAttribute("page", page);
    model.addAttribute("profiles", profiles.profiles(simulator, page));
    return "simlane/profiles";
  }

  @CachedPage(ttl = "5m", tags = Tags.PROFILE + "#{#simulator}:#{#identifier}")
  @GetMapping("/profiles/{simulator}/{identifier}")
  String profile(@PathVariable String simulator, @PathVariable String identifier, Model model) {
    model.addAttribute(
        "profile",
        profiles
            .profile(simulator, identifier)
            .orElseThrow(() -> Refused.notFound("profile", simulator + "/" + identifier)));
    model.addAttribute("stats", profiles.stats(simulator, identifier));
    return "simlane/profile";
  }

  /** Kept as long as its time, or until a profile that it shows is saved. */
  @CachedPage(ttl = "5m")
  @GetMapping("/search")
  String search(@RequestParam(defaultValue = "") String q, Model model) {
    if (q.length() > LONGEST_SEARCH) {
      throw Refused.invalid("q", q, "at most " + LONGEST_SEARCH + " characters");
    }
    Found found = profiles.search(q);
    tag(found);
    model.addAttribute("q", q.strip());
    model.addAttribute("found", found);
    return "simlane/search";
  }

  /** The response depends on what was found; there is no load while the page is not to be kept. */
  static void tag(Found found) {
    Loading loading = Loading.current();
    if (loading != null) {
      List<String> tags = found.profiles().stream()
          .map(profile -> Tags.profile(profile.simulator(), profile.identifier()))
          .toList();
      loading.tags(tags);
    }
  }
}
