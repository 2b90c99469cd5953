package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.stats.CacheStats;
import dev.larder.web.RawClient;
import dev.larder.web.Scope;
import dev.larder.web.TestServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Paths that look like a style sheet and reach somebody's account. Spring Security's firewall and
 * Tomcat's own refusals are switched off as far as they go: the cache has to stand by itself.
 */
class DeceptionTest {

  private static final String SECRET = "secret of ";

  private static final List<String> DELIMITERS =
      List.of("/", ";", "?", ".", "%3B", "%2F", "%3F", "%23", "%00", "%0A", "%5C", "!");

  private static final List<String> EXTENSIONS = List.of(
      "css", "js", "png", "jpg", "gif", "ico", "svg", "woff", "woff2", "ttf", "pdf", "txt", "xml",
      "json", "html", "map", "webp", "mp4", "zip", "avif");

  private static final List<UnaryOperator<String>> ENCODINGS = List.of(
      path -> path,
      path -> path.replace("account", "accoun%74"),
      path -> path.replace("account", "%61%63%63%6F%75%6E%74"),
      path -> path.replace(".", "%2E"),
      path -> path.replace("%", "%25"),
      path -> path.replace("/account", "/%61ccount"));

  private static final List<UnaryOperator<String>> NORMALISATIONS = List.of(
      path -> path,
      path -> "/static/..%2f" + path.substring(1),
      path -> "/static/.." + path,
      path -> "/" + path);

  @RestController
  static class Site {

    /** Private, and nothing is declared: it must not be stored, whatever its path looks like. */
    @GetMapping({"/account", "/account/{*rest}"})
    String account(Principal user) {
      return SECRET + (user == null ? "nobody" : user.getName());
    }

    @GetMapping("/account.{extension}")
    String accountFile(Principal user) {
      return account(user);
    }

    /** Neighbours that are stored. */
    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping(path = "/static/{*rest}", produces = "text/plain")
    String file(@PathVariable String rest) {
      return "file " + rest;
    }

    @CachedPage
    @GetMapping(path = "/profile/{name}", produces = "text/plain")
    String profile(@PathVariable String name, HttpServletRequest request) {
      Principal user = request.getUserPrincipal();
      return SECRET + (user == null ? "nobody" : user.getName());
    }

    @Bean
    static HttpFirewall openFirewall() {
      return new HttpFirewall() {
        @Override
        public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
          return new FirewalledRequest(request) {
            @Override
            public void reset() {}
          };
        }

        @Override
        public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
          return response;
        }
      };
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> lenient() {
      return factory -> factory.addConnectorCustomizers(connector -> {
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        connector.setProperty("relaxedPathChars", "<>[]^`{|}\\\"");
      });
    }
  }

  @Test
  void nothingOfThePrivatePage_isStored() throws Exception {
    List<String> targets = new ArrayList<>();
    for (String delimiter : DELIMITERS) {
      for (String extension : EXTENSIONS) {
        for (UnaryOperator<String> encoding : ENCODINGS) {
          for (UnaryOperator<String> normalisation : NORMALISATIONS) {
            targets.add(normalisation.apply(encoding.apply(
                "/account" + delimiter + (delimiter.equals(".") ? "" : "x.") + extension)));
          }
        }
      }
    }
    assertThat(targets).hasSize(5_760);

    String login = "Authorization: " + TestServer.basic("anna", "a");
    int reached = 0;
    try (ScriptedServer server = new ScriptedServer(List.of(), Site.class);
        RawClient victim = new RawClient(server.http.port());
        RawClient attacker = new RawClient(server.http.port())) {
      for (String target : targets) {
        RawClient.Answer own = victim.get(target, login);
        boolean isSecret = own.body().startsWith(SECRET);
        reached += isSecret ? 1 : 0;
        if (isSecret) {
          assertThat(own.header("Cache-Status")).as(target).isEmpty();
          assertThat(attacker.get(target).body()).as(target).doesNotContain("anna");
        }
      }
      // The requests did reach the page, or nothing was tried.
      assertThat(reached).isGreaterThan(400);
      assertThat(victim.get("/profile/x.css", login).header("Cache-Status")).contains("bypass");
      assertThat(attacker.get("/profile/x.css").body()).doesNotContain("anna");
      assertThat(server.larder.stats().stream()
              .filter(stats -> stats.cache().equals("http.Site.account"))
              .mapToLong(CacheStats::loads)
              .sum())
          .isZero();
    }
  }
}
