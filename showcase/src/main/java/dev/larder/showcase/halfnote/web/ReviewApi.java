package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.action.ReviewActions;
import dev.larder.showcase.halfnote.action.SocialActions;
import dev.larder.showcase.halfnote.domain.Comment;
import dev.larder.showcase.halfnote.domain.Counts;
import dev.larder.showcase.halfnote.domain.Review;
import dev.larder.showcase.halfnote.domain.ReviewDetail;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reviews with their likes, comments and pins. */
@RestController
@RequestMapping("/api/reviews")
final class ReviewApi {
  private final ReviewActions reviews;
  private final SocialActions social;

  ReviewApi(ReviewActions reviews, SocialActions social) {
    this.reviews = reviews;
    this.social = social;
  }

  record Body(
      @Nullable Long albumId,
      @Nullable Integer rating,
      @Nullable String text) {}

  record Remark(@Nullable String text) {}

  /** A review with its comments and counts, and what is the reader's own. */
  record Answer(
      Review review,
      Counts counts,
      List<Comment> comments,
      @Nullable Boolean liked) {}

  @GetMapping("/{id}")
  Answer review(@PathVariable long id, Viewer viewer, Reads reads) {
    ReviewDetail detail = reads.review(id).orElseThrow(() -> Refused.notFound("review", id));
    Counts counts = reads.counts(List.of(id)).getOrDefault(id, Counts.NONE);
    Boolean liked = viewer.isKnown() ? reads.liked(id, viewer.id()) : null;
    return new Answer(detail.review(), counts, detail.comments(), liked);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> create(@RequestBody Body body, Viewer viewer) {
    long id = reviews.create(viewer.required(), body.albumId(), body.rating(), body.text());
    return Map.of("id", id);
  }

  @PatchMapping("/{id}")
  Map<String, Object> edit(@PathVariable long id, @RequestBody Body body, Viewer viewer) {
    reviews.edit(viewer.required(), id, body.rating(), body.text());
    return Map.of("id", id);
  }

  @DeleteMapping("/{id}")
  Map<String, Object> delete(@PathVariable long id, Viewer viewer) {
    reviews.delete(viewer.required(), id);
    return Map.of("deleted", id);
  }

  @PutMapping("/{id}/pin")
  Map<String, Object> pin(@PathVariable long id, Viewer viewer) {
    reviews.pin(viewer.required(), id, true);
    return Map.of("pinned", true);
  }

  @DeleteMapping("/{id}/pin")
  Map<String, Object> unpin(@PathVariable long id, Viewer viewer) {
    reviews.pin(viewer.required(), id, false);
    return Map.of("pinned", false);
  }

  @PutMapping("/{id}/like")
  Map<String, Object> like(@PathVariable long id, Viewer viewer) {
    return Map.of("liked", true, "changed", social.like(viewer.required(), id));
  }

  @DeleteMapping("/{id}/like")
  Map<String, Object> unlike(@PathVariable long id, Viewer viewer) {
    return Map.of("liked", false, "changed", social.unlike(viewer.required(), id));
  }

  @PostMapping("/{id}/comments")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> comment(@PathVariable long id, @RequestBody Remark body, Viewer viewer) {
    return Map.of("id", social.comment(viewer.required(), id, body.text()));
  }
}
