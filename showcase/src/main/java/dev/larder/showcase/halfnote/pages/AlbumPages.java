package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.action.ListActions;
import dev.larder.showcase.halfnote.action.ReviewActions;
import dev.larder.showcase.halfnote.domain.AlbumDetails;
import dev.larder.showcase.halfnote.domain.AlbumReviews;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.web.ReviewLine;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One album: what the catalogue says, what people think, and forms to join in. */
@Controller
@RequestMapping("/albums/{id}")
final class AlbumPages {
  private final Frame frame;
  private final ReviewActions reviews;
  private final ListActions lists;

  AlbumPages(Frame frame, ReviewActions reviews, ListActions lists) {
    this.frame = frame;
    this.reviews = reviews;
    this.lists = lists;
  }

  @GetMapping
  String album(
      @PathVariable long id, Viewer viewer, Reads reads, HttpServletRequest request, Model model) {
    AlbumDetails album = reads.album(id).orElseThrow(() -> Refused.notFound("album", id));
    AlbumReviews opinions = reads.albumReviews(id);
    frame.fill(model, album.album().title(), viewer, reads, request);
    model.addAttribute("details", album);
    model.addAttribute("opinions", opinions);
    model.addAttribute("bars", RatingBars.of(opinions.histogram()));
    model.addAttribute("reviews", ReviewLine.of(reads, opinions.newest()));
    if (viewer.isKnown()) {
      model.addAttribute(
          "lists", reads.userLists(viewer.id(), UserLists.View.OWNER).lists());
    }
    return "halfnote/album";
  }

  @PostMapping("/reviews")
  String write(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Integer rating,
      @RequestParam(required = false) @Nullable String text,
      Viewer viewer) {
    return "redirect:/reviews/" + reviews.create(viewer.required(), id, rating, text);
  }

  @PostMapping("/lists")
  String list(@PathVariable long id, @RequestParam long list, Viewer viewer) {
    lists.add(viewer.required(), list, id);
    return "redirect:/lists/" + list;
  }
}
