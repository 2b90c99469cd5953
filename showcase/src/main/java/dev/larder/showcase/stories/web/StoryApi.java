package dev.larder.showcase.stories.web;

import dev.larder.showcase.stories.cache.CommentQueries;
import dev.larder.showcase.stories.cache.StoryQueries;
import dev.larder.showcase.stories.cache.TagQueries;
import dev.larder.showcase.stories.read.Comments;
import dev.larder.showcase.stories.read.StoryLine;
import dev.larder.showcase.stories.read.StoryText;
import dev.larder.showcase.stories.read.TagName;
import dev.larder.showcase.stories.write.ReaderWrites;
import dev.larder.showcase.stories.write.StoryWrites;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stories, their lists and their comments. */
@RestController
@RequestMapping("/api")
final class StoryApi {
  private static final int MOST_TRENDING = 50;
  private static final int LONGEST_SEARCH = 60;

  private final StoryQueries stories;
  private final CommentQueries comments;
  private final TagQueries tags;
  private final StoryWrites writes;
  private final ReaderWrites readers;

  StoryApi(
      StoryQueries stories,
      CommentQueries comments,
      TagQueries tags,
      StoryWrites writes,
      ReaderWrites readers) {
    this.stories = stories;
    this.comments = comments;
    this.tags = tags;
    this.writes = writes;
    this.readers = readers;
  }

  /** Where something new is found. */
  record Made(long id) {}

  /** What is said. */
  record Said(@Nullable String text) {}

  @GetMapping("/stories/featured")
  List<StoryLine> featured() {
    return stories.featured();
  }

  @GetMapping("/stories/trending")
  List<StoryLine> trending(@RequestParam(defaultValue = "10") int limit) {
    Checks checks = new Checks();
    int checked = checks.number("limit", limit, 1, MOST_TRENDING);
    checks.done();
    return stories.trending(checked);
  }

  @GetMapping("/stories")
  List<StoryLine> search(@RequestParam String q) {
    Checks checks = new Checks();
    String words = checks.text("q", q, 1, LONGEST_SEARCH);
    checks.done();
    return stories.search(words);
  }

  @GetMapping("/stories/{id}")
  StoryText story(@PathVariable long id) {
    return stories.story(id).orElseThrow(() -> Refused.notFound("story", id));
  }

  @GetMapping("/stories/{id}/comments")
  Comments comments(@PathVariable long id) {
    return comments.comments(id);
  }

  @GetMapping("/tags")
  List<TagName> tags() {
    return tags.findAllByOrderByName();
  }

  @PostMapping("/stories")
  @ResponseStatus(HttpStatus.CREATED)
  Made draft(@RequestBody StoryWrites.Wanted wanted, Viewer viewer) {
    return new Made(writes.draft(viewer.required(), wanted));
  }

  @PutMapping("/stories/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable long id, @RequestBody StoryWrites.Wanted wanted, Viewer viewer) {
    writes.change(viewer.required(), id, wanted);
  }

  @PostMapping("/stories/{id}/publish")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void publish(@PathVariable long id, Viewer viewer) {
    writes.publish(viewer.required(), id);
  }

  @PostMapping("/stories/{id}/comments")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void comment(@PathVariable long id, @RequestBody Said said, Viewer viewer) {
    readers.comment(viewer.required(), id, said.text());
  }
}
