package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.action.ProfileActions;
import dev.larder.showcase.halfnote.domain.Avatar;
import dev.larder.showcase.halfnote.domain.Genres;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One's own profile, to change. */
@Controller
@RequestMapping("/settings")
final class SettingsPages {
  private static final String BACK = "redirect:/settings";

  private final Frame frame;
  private final ProfileActions profiles;

  SettingsPages(Frame frame, ProfileActions profiles) {
    this.frame = frame;
    this.profiles = profiles;
  }

  @GetMapping
  String form(Viewer viewer, Reads reads, HttpServletRequest request, Model model) {
    Profile profile =
        reads.profile(viewer.required()).orElseThrow(() -> Refused.notFound("user", viewer.id()));
    frame.fill(model, "Your profile", viewer, reads, request);
    model.addAttribute("profile", profile);
    model.addAttribute(
        "avatar", Avatar.parse(profile.person().avatar()).orElse(new Avatar("disc", 0)));
    model.addAttribute("shapes", Avatar.SHAPES);
    model.addAttribute("allGenres", Genres.ALL);
    return "halfnote/settings";
  }

  @PostMapping
  String update(
      @RequestParam(required = false) @Nullable String displayName,
      @RequestParam(required = false) @Nullable String bio,
      @RequestParam(required = false) @Nullable String location,
      Viewer viewer) {
    profiles.update(viewer.required(), displayName, bio, location);
    return BACK;
  }

  @PostMapping("/avatar")
  String avatar(
      @RequestParam(defaultValue = "") String shape,
      @RequestParam(defaultValue = "") String hue,
      Viewer viewer) {
    profiles.avatar(viewer.required(), shape + "-" + hue);
    return BACK;
  }

  @PostMapping("/genres")
  String genres(
      @RequestParam(required = false) @Nullable List<@Nullable String> genres, Viewer viewer) {
    // A form without a tick sends no field at all.
    List<@Nullable String> chosen = genres == null ? List.of() : genres;
    profiles.genres(viewer.required(), chosen);
    return BACK;
  }
}
