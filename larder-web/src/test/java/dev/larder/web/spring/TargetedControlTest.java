package dev.larder.web.spring;

import static dev.larder.web.spring.Case.that;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** RFC 9213: a field for this cache goes before those that are for all. */
class TargetedControlTest {

  private static final String TARGETED = "CDN-Cache-Control";

  private static ScriptedServer server;

  @BeforeAll
  static void start() {
    server = new ScriptedServer(
        List.of("larder.web.pass-for=0s", "larder.web.targeted-control=" + TARGETED));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Case targeted(String name, String value) {
    return that(name).sends(TARGETED, value);
  }

  private static List<Case> precedence() {
    return List.of(
        targeted("max-age alone", "max-age=60").after(59).hit(),
        targeted("max-age ends", "max-age=60").after(61).miss(),
        targeted("shorter than Cache-Control", "max-age=60")
            .sends("Cache-Control", "max-age=600")
            .after(61)
            .miss(),
        targeted("longer than Cache-Control", "max-age=60")
            .sends("Cache-Control", "max-age=1")
            .after(59)
            .hit()
            .says("Cache-Control", "max-age=1"),
        targeted("over no-store", "max-age=60")
            .sends("Cache-Control", "no-store")
            .hit(),
        targeted("over Expires", "max-age=60").sends("Expires", "0").hit(),
        targeted("Expires plays no part", "public").sends("Expires", "0").hit(),
        targeted("over Spring Security's default", "no-store")
            .sends("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
            .miss(),
        targeted("no-store", "no-store").sends("Cache-Control", "max-age=60").miss(),
        targeted("no-cache", "no-cache").sends("Cache-Control", "max-age=60").miss(),
        targeted("private", "private").sends("Cache-Control", "max-age=60").miss(),
        targeted("max-age=0", "max-age=0").sends("Cache-Control", "max-age=60").miss(),
        targeted("Age counts", "max-age=60").sends("Age", "60").miss(),
        targeted("is passed on", "max-age=60").hit().says(TARGETED, "max-age=60"));
  }

  /** Each beside a Cache-Control that lets nothing be stored: a hit shows that the field counts. */
  private static List<Case> form() {
    return List.of(
        strict("parameters", "max-age=60;a=1;b").hit(),
        strict(
                "unknown members of all types",
                "a, b=1.5, c=\"x, y\", d=(1 2), e=:YQ==:, max-age=60")
            .hit(),
        strict("two lines", "a").sends(TARGETED, "max-age=60").hit(),
        strict("the last of two counts", "max-age=0, max-age=60").hit(),
        strict("a member that is false", "no-store=?0, max-age=60").hit(),
        strict("beyond 32 bits", "max-age=99999999999").hit(),
        strict("not a dictionary", "max-age=60, &&&").miss(),
        strict("text for a number", "max-age=\"60\"").miss(),
        strict("a blank before the sign", "max-age =60").miss(),
        strict("a blank after the sign", "max-age= 60").miss(),
        strict("capitals", "Max-Age=60").miss(),
        strict("a comma at the end", "max-age=60,").miss(),
        strict("empty", "").miss());
  }

  private static Case strict(String name, String value) {
    return targeted(name, value).sends("Cache-Control", "no-store");
  }

  @TestFactory
  Stream<DynamicNode> cases() {
    return Case.tests(server, "public", Map.of("precedence", precedence(), "form", form()));
  }

  /** By default the field is for others. */
  @TestFactory
  Stream<DynamicNode> notListening() {
    ScriptedServer deaf = new ScriptedServer(List.of("larder.web.pass-for=0s"));
    return Case.tests(
            deaf,
            "public",
            Map.of(
                "not listening",
                List.of(
                    targeted("not read", "max-age=60")
                        .sends("Cache-Control", "no-store")
                        .miss(),
                    targeted("not obeyed", "no-store")
                        .sends("Cache-Control", "max-age=60")
                        .hit())))
        .onClose(deaf::close);
  }
}
