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

/** RFC 9111, sections 3.1, 4.1, 4.3 and 4.4: which stored response answers, with what of it, until when. */
class SelectionConformanceTest {

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
        that("keyed header, other blanks in a list")
            .first("X-Keyed", "a,b")
            .second("X-Keyed", " a, b ")
            .hit(),
        that("keyed header, blanks inside quotes")
            .first("X-Keyed", "\"a,b\"")
            .second("X-Keyed", "\"a, b\"")
            .miss(),
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
    groups.put("vary and vary-parse", vary());
    groups.put("headers", headers());
    groups.put("conditional", conditions());
    groups.put("range", ranges());
    groups.put("invalidation", writes());
    return Case.tests(server, "public", groups);
  }
}
