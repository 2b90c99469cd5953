package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.web.HttpDate;
import dev.larder.web.TestServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * RFC 9111 case by case: what a handler says, what two requests say, and whether the second may be
 * answered without the handler. The declared ttl is ten minutes.
 */
class ConformanceTest {

  /** One case; the parts that are not told are as usual. */
  private static final class Case {
    private final String name;
    private final List<String[]> answers = new ArrayList<>();
    private int status = 200;
    private String[] first = {};
    private String[] second = {};
    private String between = "";
    private Duration after = Duration.ZERO;
    private boolean isHit;
    private int answered = 200;
    private final Map<String, String> says = new LinkedHashMap<>();

    Case(String name) {
      this.name = name;
    }

    /** A header that the handler sets, or adds a line to. */
    Case sends(String header, String value) {
      answers.add(new String[] {header, value});
      return this;
    }

    Case status(int code) {
      this.status = code;
      this.answered = code;
      return this;
    }

    Case first(String... headers) {
      this.first = headers;
      return this;
    }

    Case second(String... headers) {
      this.second = headers;
      return this;
    }

    Case both(String... headers) {
      return first(headers).second(headers);
    }

    Case after(long seconds) {
      this.after = Duration.ofSeconds(seconds);
      return this;
    }

    /** A request with another method between the two, and the status it gets. */
    Case between(String method, int code) {
      this.between = method + " " + code;
      return this;
    }

    Case hit() {
      this.isHit = true;
      return this;
    }

    Case miss() {
      this.isHit = false;
      return this;
    }

    Case answered(int code) {
      this.answered = code;
      return this;
    }

    Case says(String header, String value) {
      says.put(header, value);
      return this;
    }
  }

  private static ScriptedServer server;

  @BeforeAll
  static void start() {
    server = new ScriptedServer(List.of("larder.web.pass-for=0s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Case that(String name) {
    return new Case(name);
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

  private static List<Case> vary() {
    return List.of(
        that("keyed header, same value")
            .both("X-Keyed", "a")
            .sends("Vary", "X-Keyed")
            .hit(),
        that("keyed header, another value")
            .first("X-Keyed", "a")
            .second("X-Keyed", "b")
            .sends("Vary", "X-Keyed")
            .miss(),
        that("keyed header, absent")
            .first("X-Keyed", "a")
            .sends("Vary", "X-Keyed")
            .miss(),
        that("keyed header without Vary")
            .first("X-Keyed", "a")
            .second("X-Keyed", "b")
            .miss(),
        that("keyed header, two lines as one")
            .first("X-Keyed", "a", "X-Keyed", "b")
            .second("X-Keyed", "a, b")
            .hit(),
        that("keyed header, other case of the name")
            .sends("Vary", "x-kEYED")
            .both("x-keyed", "a")
            .hit(),
        that("value in another case differs")
            .first("X-Keyed", "a")
            .second("X-Keyed", "A")
            .miss(),
        that("two names").sends("Vary", "X-Keyed, Accept-Language").hit(),
        that("two lines")
            .sends("Vary", "X-Keyed")
            .sends("Vary", "Accept-Language")
            .hit(),
        that("empty elements").sends("Vary", ", X-Keyed,, ").hit(),
        that("one of two not keyed").sends("Vary", "X-Keyed, X-Other").miss(),
        that("second line not keyed")
            .sends("Vary", "X-Keyed")
            .sends("Vary", "X-Other")
            .miss(),
        that("star").sends("Vary", "*").miss(),
        that("star in a list").sends("Vary", "X-Keyed, *").miss(),
        that("preflight headers").sends("Vary", "Access-Control-Request-Method").hit(),
        that("languages in normal form")
            .first("Accept-Language", "de, en;q=0.5")
            .second("Accept-Language", "DE,en;q=0.50")
            .hit(),
        that("languages in another order")
            .first("Accept-Language", "de;q=0.1, en")
            .second("Accept-Language", "en, de;q=0.1")
            .hit(),
        that("other languages")
            .first("Accept-Language", "de")
            .second("Accept-Language", "en")
            .miss(),
        that("Vary is sent").hit().says("Vary", "X-Keyed, Accept-Language"),
        that("Vary is not doubled")
            .sends("Vary", "x-keyed")
            .hit()
            .says("Vary", "x-keyed, Accept-Language"));
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

  private static List<Case> headers() {
    return List.of(
        that("X-Test-Header is kept").sends("X-Test-Header", "a").hit().says("X-Test-Header", "a"),
        that("two lines are kept")
            .sends("X-Lines", "a")
            .sends("X-Lines", "b")
            .hit()
            .says("X-Lines", "a, b"),
        that("Content-Language is kept")
            .sends("Content-Language", "de")
            .hit()
            .says("Content-Language", "de"),
        that("Last-Modified is kept")
            .sends("Last-Modified", "Mon, 01 Jan 2001 00:00:00 GMT")
            .hit()
            .says("Last-Modified", "Mon, 01 Jan 2001 00:00:00 GMT"),
        that("ETag is kept").sends("ETag", "\"v1\"").hit().says("ETag", "\"v1\""),
        that("Keep-Alive is not kept").sends("Keep-Alive", "a=1").hit().says("Keep-Alive", ""),
        that("Proxy-Authenticate is not kept")
            .sends("Proxy-Authenticate", "Basic")
            .hit()
            .says("Proxy-Authenticate", ""),
        that("Proxy-Connection is not kept")
            .sends("Proxy-Connection", "a")
            .hit()
            .says("Proxy-Connection", ""),
        that("Date is when it was made").after(30).hit().says("Date", date(0)));
  }

  private static List<Case> conditions() {
    String modified = "Mon, 01 Jan 2001 00:00:00 GMT";
    return List.of(
        that("If-None-Match equal")
            .sends("ETag", "\"a\"")
            .second("If-None-Match", "\"a\"")
            .hit()
            .answered(304),
        that("If-None-Match weak against strong")
            .sends("ETag", "\"a\"")
            .second("If-None-Match", "W/\"a\"")
            .hit()
            .answered(304),
        that("If-None-Match strong against weak")
            .sends("ETag", "W/\"a\"")
            .second("If-None-Match", "\"a\"")
            .hit()
            .answered(304),
        that("If-None-Match in a list")
            .sends("ETag", "\"b\"")
            .second("If-None-Match", "\"a\", \"b\"")
            .hit()
            .answered(304),
        that("If-None-Match with a comma in a tag")
            .sends("ETag", "\"a,b\"")
            .second("If-None-Match", "\"x\", \"a,b\"")
            .hit()
            .answered(304),
        that("If-None-Match on two lines")
            .sends("ETag", "\"b\"")
            .second("If-None-Match", "\"a\"", "If-None-Match", "\"b\"")
            .hit()
            .answered(304),
        that("If-None-Match star").second("If-None-Match", "*").hit().answered(304),
        that("If-None-Match other")
            .sends("ETag", "\"a\"")
            .second("If-None-Match", "\"b\"")
            .hit(),
        that("If-None-Match unquoted")
            .sends("ETag", "\"a\"")
            .second("If-None-Match", "a")
            .hit(),
        that("If-None-Match on a miss")
            .sends("ETag", "\"a\"")
            .first("Cache-Control", "no-store")
            .second("If-None-Match", "\"a\"")
            .miss()
            .answered(304),
        that("If-Modified-Since equal")
            .sends("Last-Modified", modified)
            .second("If-Modified-Since", modified)
            .hit()
            .answered(304),
        that("If-Modified-Since later")
            .sends("Last-Modified", modified)
            .second("If-Modified-Since", "Tue, 02 Jan 2001 00:00:00 GMT")
            .hit()
            .answered(304),
        that("If-Modified-Since earlier")
            .sends("Last-Modified", modified)
            .second("If-Modified-Since", "Sun, 31 Dec 2000 00:00:00 GMT")
            .hit(),
        that("If-Modified-Since without sense")
            .sends("Last-Modified", modified)
            .second("If-Modified-Since", "yesterday")
            .hit(),
        that("If-None-Match goes before If-Modified-Since")
            .sends("ETag", "\"a\"")
            .sends("Last-Modified", modified)
            .second("If-None-Match", "\"b\"", "If-Modified-Since", modified)
            .hit(),
        that("304 keeps its headers")
            .sends("ETag", "\"a\"")
            .sends("X-Test", "1")
            .second("If-None-Match", "\"a\"")
            .hit()
            .answered(304)
            .says("ETag", "\"a\"")
            .says("Vary", "X-Keyed, Accept-Language")
            .says("X-Test", "")
            .says("Content-Type", ""),
        that("no condition on what is not 200")
            .status(404)
            .sends("ETag", "\"a\"")
            .second("If-None-Match", "\"a\"")
            .hit());
  }

  private static List<Case> ranges() {
    return List.of(
        that("first bytes")
            .second("Range", "bytes=0-3")
            .hit()
            .answered(206)
            .says("Content-Length", "4")
            .says("Content-Range", "bytes 0-3/TOTAL"),
        that("from the middle").second("Range", "bytes=2-").hit().answered(206),
        that("last bytes")
            .second("Range", "bytes=-2")
            .hit()
            .answered(206)
            .says("Content-Length", "2"),
        that("more than there is")
            .second("Range", "bytes=0-9999")
            .hit()
            .answered(206)
            .says("Content-Range", "bytes 0-LAST/TOTAL"),
        that("beyond the end")
            .second("Range", "bytes=9999-")
            .hit()
            .answered(416)
            .says("Content-Range", "bytes */TOTAL"),
        that("none at all").second("Range", "bytes=-0").hit().answered(416),
        that("wrong way round").second("Range", "bytes=5-2").hit(),
        that("several").second("Range", "bytes=0-1,3-4").hit(),
        that("another unit").second("Range", "lines=0-3").hit(),
        that("without sense").second("Range", "bytes=a-b").hit(),
        that("If-Range equal")
            .sends("ETag", "\"a\"")
            .second("Range", "bytes=0-3", "If-Range", "\"a\"")
            .hit()
            .answered(206),
        that("If-Range other")
            .sends("ETag", "\"a\"")
            .second("Range", "bytes=0-3", "If-Range", "\"b\"")
            .hit(),
        that("If-Range weak")
            .sends("ETag", "W/\"a\"")
            .second("Range", "bytes=0-3", "If-Range", "W/\"a\"")
            .hit(),
        that("If-Range by date")
            .sends("Last-Modified", "Mon, 01 Jan 2001 00:00:00 GMT")
            .second("Range", "bytes=0-3", "If-Range", "Mon, 01 Jan 2001 00:00:00 GMT")
            .hit()
            .answered(206),
        that("If-Range by another date")
            .sends("Last-Modified", "Mon, 01 Jan 2001 00:00:00 GMT")
            .second("Range", "bytes=0-3", "If-Range", "Mon, 02 Jan 2001 00:00:00 GMT")
            .hit(),
        that("a condition goes before a range")
            .sends("ETag", "\"a\"")
            .second("Range", "bytes=0-3", "If-None-Match", "\"a\"")
            .hit()
            .answered(304),
        that("a range does not fill with a part").first("Range", "bytes=0-3").hit());
  }

  private static List<Case> writes() {
    return List.of(
        that("POST that succeeds").between("POST", 200).miss(),
        that("PUT that succeeds").between("PUT", 204).miss(),
        that("DELETE that succeeds").between("DELETE", 200).miss(),
        that("PATCH that redirects").between("PATCH", 303).miss(),
        that("POST that fails").between("POST", 400).hit(),
        that("PUT that fails").between("PUT", 500).hit(),
        that("an unknown method that is not allowed").between("FOO", 405).hit());
  }

  @TestFactory
  Stream<DynamicNode> cases() {
    Map<String, List<Case>> groups = new LinkedHashMap<>();
    groups.put("freshness", freshness());
    groups.put("cc-response and cc-request", directives());
    groups.put("vary and vary-parse", vary());
    groups.put("status", statuses());
    groups.put("headers", headers());
    groups.put("conditional", conditions());
    groups.put("range", ranges());
    groups.put("invalidation", writes());
    return groups.entrySet().stream()
        .map(group -> DynamicContainer.dynamicContainer(
            group.getKey(),
            group.getValue().stream().map(it -> DynamicTest.dynamicTest(it.name, () -> play(it)))));
  }

  private static void play(Case it) {
    String name = "c" + Integer.toHexString(it.name.hashCode());
    long made = server.time.millis();
    Script.teach(name, (request, response) -> {
      response.setStatus(it.status);
      it.answers.forEach(line -> response.addHeader(line[0], line[1]));
    });
    String path = "/public/" + name;
    server.http.get(path, it.first);
    if (!it.between.isEmpty()) {
      String[] between = it.between.split(" ");
      server.http.send(between[0], path, "X-Status", between[1]);
    }
    server.time.advance(it.after);
    Answer second = server.http.get(path, it.second);

    assertThat(second.status()).isEqualTo(it.answered);
    assertThat(second.isHit()).as(second.cacheStatus()).isEqualTo(it.isHit);
    if (it.answered < 500) {
      assertThat(Script.calls(name)).isEqualTo(it.isHit ? 1 : 2);
    }
    String whole = name + " 1";
    it.says.forEach((header, value) -> assertThat(second.header(header))
        .as(header)
        .isEqualTo(
            header.equals("Date")
                ? HttpDate.of(made)
                : value
                    .replace("TOTAL", String.valueOf(whole.length()))
                    .replace("LAST", String.valueOf(whole.length() - 1))));
    if (it.isHit && it.answered == 200) {
      assertThat(second.body()).isEqualTo(whole);
    }
  }
}
