package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.action.ListActions;
import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
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

/** Lists of albums. */
@RestController
@RequestMapping("/api/lists")
final class ListApi {
  private final ListActions lists;

  ListApi(ListActions lists) {
    this.lists = lists;
  }

  record Body(
      @Nullable String title,
      @Nullable String description,
      @Nullable Boolean isPublic) {}

  @GetMapping("/{id}")
  ListDetail list(@PathVariable long id, Viewer viewer, Reads reads) {
    return reads
        .list(id)
        .filter(list -> list.visibleTo(viewer.id()))
        .orElseThrow(() -> Refused.notFound("list", id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> create(@RequestBody Body body, Viewer viewer) {
    boolean isPublic = body.isPublic() == null || body.isPublic();
    long id = lists.create(viewer.required(), body.title(), body.description(), isPublic);
    return Map.of("id", id);
  }

  @PatchMapping("/{id}")
  Map<String, Object> update(@PathVariable long id, @RequestBody Body body, Viewer viewer) {
    lists.update(viewer.required(), id, body.title(), body.description(), body.isPublic());
    return Map.of("id", id);
  }

  @DeleteMapping("/{id}")
  Map<String, Object> delete(@PathVariable long id, Viewer viewer) {
    lists.delete(viewer.required(), id);
    return Map.of("deleted", id);
  }

  @PutMapping("/{id}/albums/{album}")
  Map<String, Object> add(@PathVariable long id, @PathVariable long album, Viewer viewer) {
    return Map.of("listed", true, "changed", lists.add(viewer.required(), id, album));
  }

  @DeleteMapping("/{id}/albums/{album}")
  Map<String, Object> remove(@PathVariable long id, @PathVariable long album, Viewer viewer) {
    return Map.of("listed", false, "changed", lists.remove(viewer.required(), id, album));
  }
}
