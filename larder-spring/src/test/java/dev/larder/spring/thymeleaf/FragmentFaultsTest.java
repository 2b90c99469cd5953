package dev.larder.spring.thymeleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.CacheSettings;
import dev.larder.spring.annotation.CallerIdentity;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What can't work is refused with template, line and mend: at the start, and where it is met. */
class FragmentFaultsTest {

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      <p larder:cash='a'>x</p>                       | larder:cash is no attribute | larder:cache, larder:key
      <p larder:key='${n}'>x</p>                     | no larder:cache             | add larder:cache
      <p larder:cache=''>x</p>                       | is no name of a cache       | write letters
      <p larder:cache='${n}'>x</p>                   | is no name of a cache       | it is a text
      <p larder:cache='a' larder:ttl='soon'>x</p>    | ttl "soon" is no length     | write 5m
      <p larder:cache='a' larder:ttl='0s'>x</p>      | ttl "0s" is no length       | write 5m
      <p larder:cache='a' larder:ttl='400d'>x</p>    | ttl                         | mend the attributes
      <p larder:cache='a' larder:scope='me'>x</p>    | scope "me" is not known     | public, tenant, roles, user
      <p larder:cache='a' th:text='${n}'>x</p>       | th:text on the same element | on an element inside
      <p larder:cache='a' th:utext='${n}'>x</p>      | th:utext on the same        | on an element inside
      <p larder:cache='a' th:insert='~{b}'>x</p>     | th:insert on the same       | on an element inside
      <p larder:cache='a' th:replace='~{b}'>x</p>    | th:replace on the same      | on an element inside
      <p larder:cache='a' data-th-text='${n}'>x</p>  | th:text on the same element | on an element inside
      <img larder:cache='a'/>                        | <img> has nothing in it     | the element around it
      <p larder:cache='taken'>x</p>                  | one of this name            | mend the attributes
      <p larder:cache='a' larder:scope='roles'>x</p><p larder:cache='a'>x</p> | larder:scope is public, and roles | say the same in both
      <p larder:cache='a' larder:ttl='5m'>x</p><p larder:cache='a'>x</p> | larder:ttl is not set, and PT5M | say the same in both
      """)
  void mistake_namesTemplateLineAndMend(String template, String what, String mend)
      throws IOException {
    try (Page page = new Page()) {
      page.larder.cache(
          "taken", dev.larder.CachePolicy.of(String.class, String.class).build());
      page.template("clubs/page", "<html>\n<body>\n" + template + "</body></html>")
          .with("n", 1);
      assertThatThrownBy(() -> page.render("clubs/page"))
          .rootCause()
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("template \"clubs/page\", line 3: ")
          .hasMessageContaining(what)
          .hasMessageContaining(mend);
    }
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> start("<html>\n<body>\n" + template + "</body></html>", null))
        .withMessageContaining("template \"clubs/page\", line 3: ")
        .withMessageContaining(what)
        .withMessageContaining(mend);
  }

  @ParameterizedTest
  @CsvSource({"key, ${n", "tags, ${n"})
  void wrongSyntax_stopsTheStart(String attribute, String expression) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> start(
            "<p larder:cache='a' larder:" + attribute + "=\"" + expression + "\">x</p>", null))
        .withMessageContaining("template \"clubs/page\", line 1: larder:" + attribute)
        .withMessageContaining("is no expression")
        .withMessageContaining("write Thymeleaf's expressions");
  }

  @Test
  void allMistakes_areToldTogether() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () -> start("<p larder:cache='a b'>x</p>\n<p larder:cache='c' larder:x=''/>", null))
        .withMessageContaining("line 1")
        .withMessageContaining("line 2");
  }

  @Test
  void rightTemplates_startAndMakeTheirCaches() {
    assertThatCode(
            () -> start("<p larder:cache='a' larder:ttl='5m'>x</p><i th:text='${'>x</i>", null))
        .doesNotThrowAnyException();
  }

  @Test
  void settingsThatNeedABackgroundLoad_areRefused() throws Exception {
    CacheSettings stale = only("staleFor", Duration.ofMinutes(1));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> start(
            "<p larder:cache='a'>x</p>",
            new CachePolicies(Map.of("a", stale), Map.of(), name -> null)))
        .withMessageContaining("stale-for")
        .withMessageContaining("larder.caches.a");
  }

  /** Settings that say one thing, whatever else there is to say. */
  private static CacheSettings only(String name, Object value) throws Exception {
    RecordComponent[] parts = CacheSettings.class.getRecordComponents();
    return (CacheSettings) CacheSettings.class
        .getDeclaredConstructor(
            Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new))
        .newInstance(Arrays.stream(parts)
            .map(part -> part.getName().equals(name) ? value : null)
            .toArray());
  }

  @Test
  void keyWithoutAStableForm_namesItsPart() {
    try (Page page = new Page()) {
      page.template("page", "<p larder:cache='a' larder:key='${thing}'>x</p>");
      page.with("thing", new Object());
      assertThatThrownBy(() -> page.render("page"))
          .rootCause()
          .hasMessageContaining("line 1: larder:key \"${thing}\"")
          .hasMessageContaining("java.lang.Object");
    }
  }

  @Test
  void scopeWithoutAnybodyWhoKnowsWhoAsks_isRefused() {
    CallerIdentity nobody = new CallerIdentity() {
      @Override
      public @Nullable Object user() {
        return null;
      }

      @Override
      public Object tenant() {
        return "";
      }

      @Override
      public boolean isNobodyKnown() {
        return true;
      }
    };
    try (Page page = new Page(CachePolicies.none(), nobody)) {
      page.template("page", "<p larder:cache='a' larder:scope='user'>x</p>");
      assertThatThrownBy(() -> page.render("page"))
          .rootCause()
          .hasMessageContaining("needs to know who is asking; add Spring Security or a bean");
    }
  }

  private void start(String template, @Nullable CachePolicies policies) throws IOException {
    Files.createDirectories(folder.resolve("clubs"));
    Files.writeString(folder.resolve("clubs/page.html"), template);
    Files.writeString(folder.resolve("other.html"), "<p th:text='larder is not used here'>x</p>");
    try (Page page = new Page();
        Larder larder = Larder.builder().build()) {
      larder.cache(
          "taken", dev.larder.CachePolicy.of(String.class, String.class).build());
      FragmentCaches caches = new FragmentCaches(
          larder,
          policies == null ? CachePolicies.none() : policies,
          CallerIdentity.orDefault(null));
      new TemplateCheck(
              caches,
              page.engine::getConfiguration,
              new PathMatchingResourcePatternResolver(),
              "file:" + folder + "/",
              ".html",
              StandardCharsets.UTF_8)
          .afterSingletonsInstantiated();
      assertThat(larder.find("a")).isPresent();
    }
  }
}
