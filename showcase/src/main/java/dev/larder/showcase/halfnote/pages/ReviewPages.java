package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.action.ReviewActions;
import dev.larder.showcase.halfnote.action.SocialActions;
import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.ReviewDetail;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One review: read it, like it, comment on it; for its author: edit, pin and delete it. */
@Controller
@RequestMapping("/reviews/{id}")
final class ReviewPages {
  private static final String BACK = "redirect:/reviews/{id}";

  private final Frame frame;
  private final ReviewActions reviews;
  private final SocialActions social;

  ReviewPages(Frame frame, ReviewActions reviews, SocialActions social) {
    this.frame = frame;
    this.reviews = reviews;
    this.social = social;
  }

  @GetMapping
  String review(
      @PathVariable long id, Viewer viewer, Reads reads, HttpServletRequest request, Model model) {
    ReviewDetail detail = reads.review(id).orElseThrow(() -> Refused.notFound("review", id));
    String title = detail.review().author().displayName() + " on "
        + detail.review().album().title();
    frame.fill(model, title, viewer, reads, request);
    model.addAttribute("detail", detail);
    model.addAttribute("counts", reads.counts(List.of(id)).getOrDefault(id, Counts.NONE));
    model.addAttribute("own", detail.review().author().id() == viewer.id());
    model.addAttribute("liked", viewer.isKnown() && reads.liked(id, viewer.id()));
    return "halfnote/review";
  }

  @PostMapping("/like")
  String like(@PathVariable long id, Viewer viewer) {
    social.like(viewer.required(), id);
    return BACK;
  }

  @PostMapping("/unlike")
  String unlike(@PathVariable long id, Viewer viewer) {
    social.unlike(viewer.required(), id);
    return BACK;
  }

  @PostMapping("/comments")
  String comment(
      @PathVariable long id, @RequestParam(required = false) @Nullable String text, Viewer viewer) {
    social.comment(viewer.required(), id, text);
    return BACK + "#comments";
  }

  @PostMapping("/edit")
  String edit(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Integer rating,
      @RequestParam(required = false) @Nullable String text,
      Viewer viewer) {
    reviews.edit(viewer.required(), id, rating, text);
    return BACK;
  }

  @PostMapping("/pin")
  String pin(@PathVariable long id, Viewer viewer) {
    reviews.pin(viewer.required(), id, true);
    return BACK;
  }

  @PostMapping("/unpin")
  String unpin(@PathVariable long id, Viewer viewer) {
    reviews.pin(viewer.required(), id, false);
    return BACK;
  }

  @PostMapping("/delete")
  String delete(@PathVariable long id, Viewer viewer) {
    reviews.delete(viewer.required(), id);
    return "redirect:/feed?kind=you";
  }
}
