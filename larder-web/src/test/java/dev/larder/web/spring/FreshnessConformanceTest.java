package dev.larder.web.spring;

import static dev.larder.web.spring.Case.that;

import dev.larder.web.HttpDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** RFC 9111, sections 3, 4.2 and 5.2: what is stored, and how long it is fresh. The declared ttl is ten minutes. */
class FreshnessConformanceTest {

  private static ScriptedServer server;

  @BeforeAll
  static void start() {
    server = new ScriptedServer(List.of("larder.web.pass-for=0s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String date(long seconds) {
    return HttpDate.of(server.time.millis() + seconds * 1000);
  }

  private static List<Case> freshness() {
    return List.of(
        that("nothing said: the declared ttl").after(599).hit(),
        that("nothing said: not longer than the ttl").after(601).miss(),
        that("max-age is obeyed").sends("Cache-Control", "max-age=60").after(59).hit(),
        that("max-age ends").sends("Cache-Control", "max-age=60").after(61).miss(),
        that("max-age beyond the ttl")
            .sends("Cache-Control", "max-age=99999")
            .after(601)
            .miss(),
        that("max-age=0").sends("Cache-Control", "max-age=0").miss(),
        that("max-age in capitals")
            .sends("Cache-Control", "MaX-aGe=60")
            .after(61)
            .miss(),
        that("max-age quoted")
            .sends("Cache-Control", "max-age=\"60\"")
            .after(59)
            .hit(),
        that("max-age with a fraction").sends("Cache-Control", "max-age=60.5").miss(),
        that("max-age negative").sends("Cache-Control", "max-age=-60").miss(),
        that("max-age of letters").sends("Cache-Control", "max-age=sixty").miss(),
        that("max-age with a blank").sends("Cache-Control", "max-age= 60").miss(),
        that("max-age huge")
            .sends("Cache-Control", "max-age=99999999999999999999")
            .after(5)
            .hit(),
        that("max-age twice: the shorter")
            .sends("Cache-Control", "max-age=60, max-age=600")
            .after(61)
            .miss(),
        that("max-age on two lines")
            .sends("Cache-Control", "max-age=600")
            .sends("Cache-Control", "max-age=60")
            .after(61)
            .miss(),
        that("max-age among others")
            .sends("Cache-Control", "foobar, max-age=60, x=\"a, max-age=1\"")
            .after(59)
            .hit(),
        that("s-maxage over max-age")
            .sends("Cache-Control", "max-age=1, s-maxage=60")
            .after(30)
            .hit(),
        that("s-maxage=0 over max-age")
            .sends("Cache-Control", "max-age=60, s-maxage=0")
            .miss(),
        that("s-maxage over Expires")
            .sends("Cache-Control", "s-maxage=60")
            .sends("Expires", "0")
            .after(30)
            .hit(),
        that("max-age over Expires in the past")
            .sends("Cache-Control", "max-age=60")
            .sends("Expires", date(-60))
            .after(30)
            .hit(),
        that("max-age=0 over Expires in the future")
            .sends("Cache-Control", "max-age=0")
            .sends("Expires", date(60))
            .miss(),
        that("Expires in the future").sends("Expires", date(3600)).after(30).hit(),
        that("Expires is passed on, and is all that is said")
            .sends("Expires", "Thu, 18 Aug 2050 02:01:18 GMT")
            .hit()
            .says("Expires", "Thu, 18 Aug 2050 02:01:18 GMT")
            .says("Cache-Control", ""),
        that("Expires against Date")
            .sends("Date", date(0))
            .sends("Expires", date(0))
            .miss(),
        that("Expires: 0").sends("Expires", "0").miss(),
        that("Expires without sense").sends("Expires", "Thursday").miss(),
        that("Expires in the form of RFC 850")
            .sends("Expires", "Thursday, 18-Aug-50 02:01:18 GMT")
            .after(5)
            .hit(),
        that("Expires in the form of asctime")
            .sends("Expires", "Mon Aug  8 02:01:18 2050")
            .after(5)
            .hit(),
        that("Expires with a weekday in another case")
            .sends("Expires", "THU, 18 Aug 2050 02:01:18 GMT")
            .after(5)
            .hit(),
        that("Expires with a month in another case")
            .sends("Expires", "Thu, 18 AUG 2050 02:01:18 GMT")
            .after(5)
            .hit(),
        that("Expires with a zone in another case")
            .sends("Expires", "Thu, 18 Aug 2050 02:01:18 gMT")
            .after(5)
            .hit(),
        that("Expires with a weekday that it is not")
            .sends("Expires", "Thu Aug  8 02:01:18 2050")
            .after(5)
            .hit(),
        that("Expires on a day that there is not")
            .sends("Expires", "Thu, 31 Jun 2050 02:01:18 GMT")
            .miss(),
        that("Expires in another zone")
            .sends("Expires", "Thu, 18 Aug 2050 02:01:18 AEST")
            .miss(),
        that("Expires twice")
            .sends("Expires", date(60))
            .sends("Expires", date(90))
            .miss(),
        that("no heuristics from Last-Modified beyond the ttl")
            .sends("Last-Modified", "Mon, 01 Jan 2001 00:00:00 GMT")
            .after(601)
            .miss(),
        that("Age counts")
            .sends("Cache-Control", "max-age=60")
            .sends("Age", "50")
            .after(11)
            .miss(),
        that("Age is passed on")
            .sends("Cache-Control", "max-age=60")
            .sends("Age", "20")
            .after(5)
            .hit()
            .says("Age", "25"),
        that("Age without sense")
            .sends("Cache-Control", "max-age=60")
            .sends("Age", "abc")
            .after(30)
            .hit()
            .says("Age", "30"),
        that("Age negative")
            .sends("Cache-Control", "max-age=60")
            .sends("Age", "-7200")
            .hit(),
        that("Age larger than the lifetime")
            .sends("Cache-Control", "max-age=60")
            .sends("Age", "100")
            .miss(),
        that("Age grows").after(42).hit().says("Age", "42"));
  }

  private static List<Case> directives() {
    return List.of(
        that("public").sends("Cache-Control", "public").hit(),
        that("Authorization, and the handler says nothing: the scope does")
            .both("Authorization", "Key a")
            .hit(),
        that("Authorization, and the handler says max-age alone")
            .both("Authorization", "Key a")
            .sends("Cache-Control", "max-age=60")
            .miss(),
        that("Authorization and public")
            .both("Authorization", "Key a")
            .sends("Cache-Control", "max-age=60, public")
            .hit(),
        that("Authorization and s-maxage")
            .both("Authorization", "Key a")
            .sends("Cache-Control", "s-maxage=60")
            .hit(),
        that("Authorization and must-revalidate")
            .both("Authorization", "Key a")
            .sends("Cache-Control", "max-age=60, must-revalidate")
            .hit(),
        that("must-revalidate while fresh")
            .sends("Cache-Control", "max-age=60, must-revalidate")
            .after(30)
            .hit(),
        that("must-revalidate when stale")
            .sends("Cache-Control", "max-age=60, must-revalidate")
            .after(61)
            .miss(),
        that("proxy-revalidate while fresh")
            .sends("Cache-Control", "max-age=60, proxy-revalidate")
            .hit(),
        that("an unknown directive")
            .sends("Cache-Control", "max-age=60, immutable, x")
            .hit(),
        that("a directive's name inside another")
            .sends("Cache-Control", "max-age=60, xno-store")
            .hit(),
        that("a directive inside quotes")
            .sends("Cache-Control", "x=\"no-store\", max-age=60")
            .hit(),
        that("no-store after a quoted comma")
            .sends("Cache-Control", "x=\"a,b\", no-store")
            .miss(),
        that("no-store on a second line")
            .sends("Cache-Control", "max-age=60")
            .sends("Cache-Control", "no-store")
            .miss(),
        that("must-understand with no-store")
            .sends("Cache-Control", "must-understand, no-store")
            .miss(),
        that("Pragma of a response says nothing").sends("Pragma", "no-cache").hit(),
        that("the default headers of Spring Security")
            .sends("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
            .sends("Pragma", "no-cache")
            .sends("Expires", "0")
            .hit()
            .says("Cache-Control", "public, no-cache")
            .says("Pragma", "")
            .says("Expires", ""),
        that("request no-cache is the server's business")
            .second("Cache-Control", "no-cache")
            .hit(),
        that("request max-age=0 too").second("Cache-Control", "max-age=0").hit(),
        that("request Pragma too").second("Pragma", "no-cache").hit(),
        that("request no-store is not stored")
            .first("Cache-Control", "no-store")
            .miss(),
        that("request no-store may be answered")
            .second("Cache-Control", "no-store")
            .hit(),
        that("request only-if-cached, stored")
            .second("Cache-Control", "only-if-cached")
            .hit(),
        that("request only-if-cached, not stored")
            .first("Cache-Control", "no-store")
            .second("Cache-Control", "only-if-cached")
            .answered(504)
            .miss());
  }

  private static List<Case> statuses() {
    return List.of(
        that("203 declared").status(203).hit(),
        that("404 declared").status(404).hit(),
        that("410 declared").status(410).hit(),
        that("301 declared").status(301).sends("Location", "/elsewhere").hit(),
        that("201 not declared")
            .status(201)
            .sends("Cache-Control", "max-age=60")
            .miss(),
        that("403 not declared")
            .status(403)
            .sends("Cache-Control", "max-age=60")
            .miss(),
        that("500 never").status(500).sends("Cache-Control", "max-age=60").miss(),
        that("503 never").status(503).sends("Cache-Control", "max-age=60").miss(),
        that("299 not known").status(299).sends("Cache-Control", "max-age=60").miss());
  }

  @TestFactory
  Stream<DynamicNode> cases() {
    Map<String, List<Case>> groups = new LinkedHashMap<>();
    groups.put("freshness", freshness());
    groups.put("cc-response and cc-request", directives());
    groups.put("status", statuses());
    return Case.tests(server, "public", groups);
  }
}
