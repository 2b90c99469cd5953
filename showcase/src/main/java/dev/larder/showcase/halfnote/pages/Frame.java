package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.Mode;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Ago;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Fills the model with what all pages share: who is logged in and how else to read the page. */
@Component
final class Frame {

  /**
   * A link that reads the same page in another mode.
   *
   * @param word the mode
   * @param address with path and query
   */
  record ModeLink(String word, String address) {}

  /** Adds the head of the page: its title and who is logged in. */
  void fill(Model model, String title, Viewer viewer, Reads reads, HttpServletRequest request) {
    model.addAttribute("title", title);
    Optional<Profile> me = viewer.isKnown() ? reads.profile(viewer.id()) : Optional.empty();
    model.addAttribute("me", me.map(Profile::person).orElse(null));
    model.addAttribute("ago", new Ago(java.time.Clock.systemUTC()));
    List<ModeLink> links = Arrays.stream(Mode.values())
        .map(mode -> new ModeLink(mode.word(), addressIn(mode, request)))
        .toList();
    model.addAttribute("modes", links);
  }

  private static String addressIn(Mode mode, HttpServletRequest request) {
    return ServletUriComponentsBuilder.fromRequest(request)
        .scheme(null)
        .host(null)
        .port(null)
        .replaceQueryParam(Mode.PARAMETER, mode.word())
        .build()
        .toUriString();
  }
}
