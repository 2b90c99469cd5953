package dev.larder.showcase.stories.pages;

import dev.larder.showcase.stories.cache.CommentQueries;
import dev.larder.showcase.stories.cache.StoryQueries;
import dev.larder.showcase.stories.cache.TagQueries;
import dev.larder.showcase.stories.read.Draft;
import dev.larder.showcase.stories.read.StoryText;
import dev.larder.showcase.stories.write.ReaderWrites;
import dev.larder.showcase.stories.write.StoryWrites;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Reading a story, and writing one. */
@Controller
final class StoryPages {
  private final Frame frame;
  private final StoryQueries stories;
  private final CommentQueries comments;
  private final TagQueries tags;
  private final StoryWrites writes;
  private final ReaderWrites readers;

  StoryPages(
      Frame frame,
      StoryQueries stories,
      CommentQueries comments,
      TagQueries tags,
      StoryWrites writes,
      ReaderWrites readers) {
    this.frame = frame;
    this.stories = stories;
    this.comments = comments;
    this.tags = tags;
    this.writes = writes;
    this.readers = readers;
  }

  @GetMapping("/stories/{id}")
  String story(@PathVariable long id, Viewer viewer, Model model) {
    StoryText story = stories.story(id).orElseThrow(() -> Refused.notFound("story", id));
    frame.fill(model, story.line().title(), viewer);
    model.addAttribute("story", story);
    model.addAttribute("comments", comments.comments(id));
    return "stories/story";
  }

  @PostMapping("/stories/{id}/comments")
  String comment(@PathVariable long id, @RequestParam @Nullable String text, Viewer viewer) {
    readers.comment(viewer.required(), id, text);
    return "redirect:/stories/" + id + "#comments";
  }

  @GetMapping("/write")
  String write(Viewer viewer, Model model) {
    long author = viewer.required();
    frame.fill(model, "Write", viewer);
    model.addAttribute("drafts", stories.drafts(author));
    model.addAttribute("draft", new Draft(0, "", "", List.of(), false));
    model.addAttribute("tags", tags.findAllByOrderByName());
    return "stories/write";
  }

  @PostMapping("/write")
  String draft(
      @RequestParam @Nullable String title,
      @RequestParam @Nullable String body,
      @RequestParam(defaultValue = "") List<Integer> tags,
      Viewer viewer) {
    long id = writes.draft(viewer.required(), new StoryWrites.Wanted(title, body, tags));
    return "redirect:/stories/" + id + "/edit";
  }

  @GetMapping("/stories/{id}/edit")
  String edit(@PathVariable long id, Viewer viewer, Model model) {
    Draft draft = writes.edited(viewer.required(), id);
    frame.fill(model, draft.isPublished() ? "Edit" : "Draft", viewer);
    model.addAttribute("drafts", List.of());
    model.addAttribute("draft", draft);
    model.addAttribute("tags", tags.findAllByOrderByName());
    return "stories/write";
  }

  @PostMapping("/stories/{id}/edit")
  String change(
      @PathVariable long id,
      @RequestParam @Nullable String title,
      @RequestParam @Nullable String body,
      @RequestParam(defaultValue = "") List<Integer> tags,
      Viewer viewer) {
    writes.change(viewer.required(), id, new StoryWrites.Wanted(title, body, tags));
    return "redirect:/stories/" + id + "/edit";
  }

  @PostMapping("/stories/{id}/publish")
  String publish(@PathVariable long id, Viewer viewer) {
    writes.publish(viewer.required(), id);
    return "redirect:/stories/" + id;
  }
}
