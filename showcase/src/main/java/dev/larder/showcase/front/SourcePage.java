package dev.larder.showcase.front;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Shows the caching package of a system; the build puts its files into the jar. */
@Controller
final class SourcePage {
  private static final String FOLDER = "classpath*:source/dev/larder/showcase/";

  /**
   * A file.
   *
   * @param name without the folder
   * @param text all of it
   */
  record SourceFile(String name, String text) {}

  @GetMapping("/source/{system:[a-z]+}")
  String source(@PathVariable String system, Model model) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (Resource file :
        new PathMatchingResourcePatternResolver().getResources(FOLDER + system + "/cache/*.java")) {
      files.add(new SourceFile(
          Objects.requireNonNull(file.getFilename()),
          file.getContentAsString(StandardCharsets.UTF_8)));
    }
    if (files.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no system " + system + ".");
    }
    // What the package is about is read first.
    files.sort(Comparator.comparing((SourceFile file) -> !file.name().startsWith("package-info"))
        .thenComparing(SourceFile::name));
    model.addAttribute("system", system);
    model.addAttribute("files", files);
    return "source";
  }
}
