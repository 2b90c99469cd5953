package dev.larder.spring.thymeleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.spring.CachePolicies;
import dev.larder.spring.CacheSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thymeleaf.context.LazyContextVariable;

/** What is kept of a template, under which key, and for how long. */
class FragmentsTest {

  private Page page = new Page();

  @AfterEach
  void close() {
    page.close();
  }

  private static LazyContextVariable<String> lazy(AtomicInteger queries) {
    return new LazyContextVariable<>() {
      @Override
      protected String loadValue() {
        return "query " + queries.incrementAndGet();
      }
    };
  }

  @Test
  void hit_evaluatesNothingOfTheBody() {
    page.template(
        "club", "<p larder:cache='stats' larder:key='${id}'><b th:text='${slow}'>x</b></p>");
    AtomicInteger queries = new AtomicInteger();
    page.with("id", 1);
    for (int i = 0; i < 3; i++) {
      page.with("slow", lazy(queries));
      assertThat(page.render("club")).isEqualTo("<p><b>query 1</b></p>");
    }
    assertThat(queries).hasValue(1);
    page.with("id", 2).with("slow", lazy(queries));
    assertThat(page.render("club")).contains("query 2");
  }

  @Test
  void elementItself_isEvaluatedForEachPage() {
    page.template("club", "<p larder:cache='stats' th:class='${css}'>[[${n}]]</p>");
    page.with("n", 1).with("css", "a");
    assertThat(page.render("club")).isEqualTo("<p class='a'>1</p>");
    page.with("n", 2).with("css", "b");
    assertThat(page.render("club")).isEqualTo("<p class='b'>1</p>");
  }

  @Test
  void block_leavesNoTag() {
    page.template("club", "<i/><th:block larder:cache='stats'>[[${n}]]</th:block><i/>")
        .with("n", 1);
    assertThat(page.render("club")).isEqualTo("<i/>1<i/>");
    assertThat(page.with("n", 2).render("club")).isEqualTo("<i/>1<i/>");
  }

  @Test
  void dataAttributes_areTheSame() {
    page.template("club", "<p data-larder-cache='stats' data-larder-key='${n}'>[[${n}]]</p>");
    assertThat(page.with("n", 1).render("club")).isEqualTo("<p>1</p>");
    assertThat(page.loads("stats")).isEqualTo(1);
  }

  @Test
  void repeated_isKeptForEachElement() {
    page.template(
        "club",
        "<p th:each='m : ${members}' th:if='${m > 1}' th:with='k=${m}' larder:cache='member'"
            + " larder:key='${k}'>[[${m}]]</p>");
    page.with("members", List.of(1, 2, 3));
    assertThat(page.render("club")).isEqualTo("<p>2</p><p>3</p>");
    assertThat(page.with("members", List.of(3, 2)).render("club")).isEqualTo("<p>3</p><p>2</p>");
    assertThat(page.loads("member")).isEqualTo(2);
  }

  @Test
  void selectionAndOwnFragments_holdInside() {
    page.template(
        "club",
        "<p th:object='${club}' larder:cache='stats'><b th:text='*{name}'></b>"
            + "<th:block th:insert='~{:: part}'></th:block></p>"
            + "<i th:if='${false}'><u th:fragment='part'>part</u></i>");
    page.with("club", Map.of("name", "Larks"));
    assertThat(page.render("club")).isEqualTo("<p><b>Larks</b><u>part</u></p>");
    assertThat(page.render("club")).isEqualTo("<p><b>Larks</b><u>part</u></p>");
    assertThat(page.loads("stats")).isEqualTo(1);
  }

  @Test
  void scripts_areInlinedAsOutside() {
    page.template(
        "club",
        "<script th:inline='javascript' larder:cache='stats'>if (1 < 2) f([[${name}]]);</script>");
    page.with("name", "</script>\"");
    String script = "<script>if (1 < 2) f(\"<\\/script>\\\"\");</script>";
    assertThat(page.render("club")).isEqualTo(script);
    assertThat(page.with("name", "x").render("club")).isEqualTo(script);
  }

  @Test
  void escaping_isKept_andStoredTextIsNeverEvaluated() {
    page.template("club", "<p larder:cache='stats'>[[${name}]] <b th:text='${name}'></b></p>");
    page.with("name", "<i> & [[${7*7}]] [(${7*7})]");
    String escaped = "&lt;i&gt; &amp; [[${7*7}]] [(${7*7})]";
    String whole = "<p>" + escaped + " <b>" + escaped + "</b></p>";
    assertThat(page.render("club")).isEqualTo(whole);
    assertThat(page.render("club")).isEqualTo(whole);
    assertThat(page.loads("stats")).isEqualTo(1);
  }

  @Test
  void otherTemplateLineOrSource_isAnotherEntry() {
    page.template("a", "<p larder:cache='stats'>a [[${n}]]</p>");
    page.template(
        "b", "<p larder:cache='stats'>b [[${n}]]</p>\n<p larder:cache='stats'>b [[${n}]]</p>");
    assertThat(page.with("n", 1).render("a")).isEqualTo("<p>a 1</p>");
    assertThat(page.with("n", 2).render("b")).isEqualTo("<p>b 2</p>\n<p>b 2</p>");
    assertThat(page.loads("stats")).isEqualTo(3);
    page.template("a", "<p larder:cache='stats'>new [[${n}]]</p>");
    assertThat(page.with("n", 3).render("a")).isEqualTo("<p>new 3</p>");
  }

  @Test
  void includedByTwoPages_isOneEntry() {
    page.template("part", "<p th:fragment='stats' larder:cache='stats'>[[${n}]]</p>");
    page.template("a", "<div th:insert='~{part :: stats}'></div>");
    page.template("b", "<div th:replace='~{part :: stats}'></div>");
    assertThat(page.with("n", 1).render("a")).isEqualTo("<div><p>1</p></div>");
    assertThat(page.with("n", 2).render("b")).isEqualTo("<p>1</p>");
  }

  @Test
  void severalParts_areToldApart() {
    page.template("club", "<p larder:cache='stats' larder:key='${a}, ${b}'>[[${a}]]-[[${b}]]</p>");
    assertThat(page.with("a", "x:y").with("b", "z").render("club")).isEqualTo("<p>x:y-z</p>");
    assertThat(page.with("a", "x").with("b", "y:z").render("club")).isEqualTo("<p>x-y:z</p>");
  }

  @Test
  void prefix_endsAllVariantsOfAKey() {
    page.template("club", "<p larder:cache='stats' larder:key='${id}'>[[${n}]]</p>");
    page.with("id", 1).with("n", 1).render("club");
    page.larder.find("stats").orElseThrow().invalidatePrefix(1);
    assertThat(page.with("n", 2).render("club")).isEqualTo("<p>2</p>");
  }

  @Test
  void tags_endIt_andThoseOfAnInnerFragmentEndTheOuter() {
    page.template(
        "club",
        "<p larder:cache='outer' larder:tags='|club:${id}|, league'>[[${n}]]"
            + "<b larder:cache='inner' larder:tags='${tags}'>[[${n}]]</b></p>");
    page.with("id", 7).with("tags", List.of("member:1", "member:2"));
    assertThat(page.with("n", 1).render("club")).isEqualTo("<p>1<b>1</b></p>");
    page.larder.invalidateTags("club:7");
    assertThat(page.with("n", 2).render("club")).isEqualTo("<p>2<b>1</b></p>");
    page.larder.invalidateTags("member:2");
    assertThat(page.with("n", 3).render("club")).isEqualTo("<p>3<b>3</b></p>");
    page.larder.invalidateTags("league");
    assertThat(page.with("n", 4).render("club")).isEqualTo("<p>4<b>3</b></p>");
    page.larder.invalidateTags("other");
    assertThat(page.with("n", 5).render("club")).isEqualTo("<p>4<b>3</b></p>");
  }

  @Test
  void ttl_isThatOfTheTemplate_unlessConfigurationHasAnother() {
    page.template("club", "<p larder:cache='stats' larder:ttl='10m'>[[${n}]]</p>");
    page.with("n", 1).render("club");
    page.time.advance(Duration.ofMinutes(9));
    assertThat(page.with("n", 2).render("club")).isEqualTo("<p>1</p>");
    page.time.advance(Duration.ofMinutes(2));
    assertThat(page.render("club")).isEqualTo("<p>2</p>");
    page.close();
    page = new Page(new CachePolicies(
        Map.of("stats", CacheSettings.ofTtl(Duration.ofSeconds(30))), Map.of(), name -> null));
    page.template("club", "<p larder:cache='stats' larder:ttl='10m'>[[${n}]]</p>");
    page.with("n", 1).render("club");
    page.time.advance(Duration.ofSeconds(31));
    assertThat(page.with("n", 2).render("club")).isEqualTo("<p>2</p>");
  }

  @Test
  void failure_reachesThePage_andIsNotStored() {
    page.template("club", "<p larder:cache='stats'>\n\n[[${club.name}]]</p>");
    assertThatThrownBy(() -> page.render("club"))
        .rootCause()
        .hasMessageContaining("'name' cannot be found on null");
    assertThatThrownBy(() -> page.render("club"))
        .hasStackTraceContaining("(template: \"club\" - line 3");
    assertThat(page.with("club", Map.of("name", "Larks")).render("club")).contains("Larks");
  }

  @Test
  void nullInTheKey_isRenderedAndNotStored() {
    page.template("club", "<p larder:cache='stats' larder:key='${id}'>[[${n}]]</p>");
    assertThat(page.with("n", 1).render("club")).isEqualTo("<p>1</p>");
    assertThat(page.with("n", 2).render("club")).isEqualTo("<p>2</p>");
  }

  @Test
  void closedLarder_doesNotBreakThePage() {
    page.template("club", "<p larder:cache='stats' larder:key='${n}'>[[${n}]]</p>");
    page.with("n", 1).render("club");
    page.larder.close();
    assertThat(page.with("n", 2).render("club")).isEqualTo("<p>2</p>");
  }

  @Test
  void off_takesTheAttributesOut() {
    page.template("club", "<p larder:cache='stats' larder:key='${id}' class='a'>[[${n}]]</p>");
    var engine = new org.thymeleaf.spring6.SpringTemplateEngine();
    engine.setTemplateResolver(page.engine.getTemplateResolvers().iterator().next());
    engine.addDialect(LarderDialect.off());
    assertThat(engine.process("club", new org.thymeleaf.context.Context(null, Map.of("n", 1))))
        .isEqualTo("<p class='a'>1</p>");
  }
}
