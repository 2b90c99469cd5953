package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.domain.AlbumDetails;
import dev.larder.showcase.halfnote.domain.AlbumReviews;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Refused;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Albums and what was written about them. */
@RestController
@RequestMapping("/api/albums/{id}")
final class AlbumApi {

  /** What Halfnote's users think of an album. */
  record Opinions(long total, double average, List<Long> histogram, List<ReviewLine> newest) {}

  @GetMapping
  AlbumDetails album(@PathVariable long id, Reads reads) {
    return reads.album(id).orElseThrow(() -> Refused.notFound("album", id));
  }

  @GetMapping("/reviews")
  Opinions reviews(@PathVariable long id, Reads reads) {
    AlbumReviews found = reads.albumReviews(id);
    return new Opinions(
        found.total(), found.average(), found.histogram(), ReviewLine.of(reads, found.newest()));
  }
}
