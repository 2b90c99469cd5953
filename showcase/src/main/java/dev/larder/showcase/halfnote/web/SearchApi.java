package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.domain.SearchResult;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.halfnote.source.SearchWords;
import dev.larder.showcase.web.Checks;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Search for people and albums by the beginnings of words. */
@RestController
@RequestMapping("/api/search")
final class SearchApi {
  @GetMapping
  SearchResult search(@RequestParam(defaultValue = "") String q, Reads reads) {
    Optional<SearchWords> words = SearchWords.of(q);
    if (words.isEmpty()) {
      Checks checks = new Checks();
      checks.fault("q", q, "1 to " + SearchWords.LONGEST + " characters with a letter or digit");
      checks.done();
    }
    return reads.search(words.orElseThrow());
  }
}
