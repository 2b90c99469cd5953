package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.action.ListActions;
import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.halfnote.source.Reads;
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

/** One list of albums; for its owner: change, empty and delete it. */
@Controller
@RequestMapping("/lists")
final class ListPages {
  private final Frame frame;
  private final ListActions lists;

  ListPages(Frame frame, ListActions lists) {
    this.frame = frame;
    this.lists = lists;
  }

  @GetMapping("/{id}")
  String list(
      @PathVariable long id, Viewer viewer, Reads reads, HttpServletRequest request, Model model) {
    ListDetail detail = reads
        .list(id)
        .filter(list -> list.visibleTo(viewer.id()))
        .orElseThrow(() -> Refused.notFound("list", id));
    frame.fill(model, detail.list().title(), viewer, reads, request);
    model.addAttribute("detail", detail);
    model.addAttribute("own", detail.owner().id() == viewer.id());
    return "halfnote/list";
  }

  @PostMapping
  String create(
      @RequestParam(required = false) @Nullable String title,
      @RequestParam(required = false) @Nullable String description,
      @RequestParam(defaultValue = "false") boolean isPublic,
      Viewer viewer) {
    return "redirect:/lists/" + lists.create(viewer.required(), title, description, isPublic);
  }

  @PostMapping("/{id}")
  String update(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String title,
      @RequestParam(required = false) @Nullable String description,
      @RequestParam(defaultValue = "false") boolean isPublic,
      Viewer viewer) {
    lists.update(viewer.required(), id, title, description, isPublic);
    return "redirect:/lists/{id}";
  }

  @PostMapping("/{id}/remove")
  String remove(@PathVariable long id, @RequestParam long album, Viewer viewer) {
    lists.remove(viewer.required(), id, album);
    return "redirect:/lists/{id}";
  }

  @PostMapping("/{id}/delete")
  String delete(@PathVariable long id, Viewer viewer) {
    lists.delete(viewer.required(), id);
    return "redirect:/feed?kind=you";
  }
}
