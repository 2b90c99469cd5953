package dev.larder.showcase.algoitny.pages;

import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Viewer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** A page to try GraphQL on, without a script: what was asked, what came, which caches answered. */
@Controller
final class GraphQlPage {
  private static final int LONGEST = 5_000;

  private static final Map<String, String> EXAMPLES = examples();

  private final Frame frame;
  private final ExecutionGraphQlService graphQl;
  private final JsonMapper json;

  GraphQlPage(Frame frame, ExecutionGraphQlService graphQl, JsonMapper json) {
    this.frame = frame;
    this.graphQl = graphQl;
    this.json = json;
  }

  private static Map<String, String> examples() {
    Map<String, String> examples = new LinkedHashMap<>();
    examples.put("A page with all test cases, by one DataLoader", """
        {
          problems(platform: "baekjoon", page: 1) {
            total
            problems { id title testCases { input output } }
          }
        }""");
    examples.put("One problem with a cached field", """
        {
          problem(id: 7) {
            title
            statistics { attempts solvers languages { name attempts } }
          }
        }""");
    examples.put("What is yours alone", """
        {
          myStats { attempts solved platforms { name attempts passed } }
        }""");
    return examples;
  }

  @GetMapping("/graphql-try")
  String form(Viewer viewer, Model model) {
    return page(EXAMPLES.values().iterator().next(), viewer, model);
  }

  private String page(String query, Viewer viewer, Model model) {
    frame.fill(model, "GraphQL", viewer);
    model.addAttribute("query", query);
    model.addAttribute("examples", EXAMPLES);
    return "algoitny/graphql";
  }

  @PostMapping("/graphql-try")
  String ask(@RequestParam String query, Viewer viewer, Model model) {
    Checks checks = new Checks();
    String document = checks.text("query", query, 1, LONGEST);
    checks.done();
    ExecutionGraphQlResponse answer = Objects.requireNonNull(graphQl
        .execute(new DefaultExecutionGraphQlRequest(
            document, null, null, null, UUID.randomUUID().toString(), Locale.ENGLISH))
        .block());
    model.addAttribute(
        "answer", json.writerWithDefaultPrettyPrinter().writeValueAsString(answer.toMap()));
    return page(document, viewer, model);
  }
}
