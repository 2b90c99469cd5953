package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.web.Scope;
import dev.larder.web.TestServer.Answer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Whatever a handler reads that is not in the key makes its response uncacheable, and is named. */
class UnkeyedInputTest {

  private static final List<String> HEADERS = List.of(
      "X-Forwarded-Host",
      "X-Forwarded-Proto",
      "X-Forwarded-Port",
      "X-Forwarded-For",
      "X-Forwarded-Prefix",
      "X-Forwarded-Scheme",
      "X-Forwarded-Server",
      "X-Forwarded-Ssl",
      "X-Forwarded-Path",
      "Forwarded",
      "X-Host",
      "X-Original-Host",
      "X-HTTP-Host-Override",
      "X-Original-URL",
      "X-Rewrite-URL",
      "X-HTTP-Method-Override",
      "X-Method-Override",
      "X-Real-IP",
      "True-Client-IP",
      "CF-Connecting-IP",
      "Client-IP",
      "X-Client-IP",
      "X-Cluster-Client-IP",
      "X-Custom-IP-Authorization",
      "Via",
      "Origin",
      "Referer",
      "User-Agent",
      "X-Requested-With",
      "X-Wap-Profile",
      "Front-End-Https",
      "X-Url-Scheme",
      "DNT",
      "Save-Data",
      "Cookie",
      "Accept-Charset",
      "Accept-Encoding",
      "X-Api-Version",
      "Sec-Fetch-Site",
      "X-Tenant");

  private static final List<String> WAYS = List.of(
      "request", "many", "names", "web", "native", "holder", "headers", "entity", "link", "length");

  @RestController
  @RequestMapping(produces = "text/plain")
  static class Reflecting {

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/request/{name}")
    String request(@PathVariable String name, HttpServletRequest request) {
      return "value " + request.getHeader(name);
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/many/{name}")
    String many(@PathVariable String name, HttpServletRequest request) {
      return "value " + Collections.list(request.getHeaders(name));
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/names/{name}")
    String names(@PathVariable String name, HttpServletRequest request) {
      List<String> values = new ArrayList<>();
      Collections.list(request.getHeaderNames()).forEach(it -> values.add(request.getHeader(it)));
      return "value " + values;
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/web/{name}")
    String web(@PathVariable String name, WebRequest request) {
      return "value " + request.getHeader(name);
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/native/{name}")
    String nativeRequest(@PathVariable String name, NativeWebRequest request) {
      return "value " + request.getNativeRequest(HttpServletRequest.class).getHeader(name);
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/holder/{name}")
    String holder(@PathVariable String name) {
      return "value "
          + ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
              .getRequest()
              .getHeader(name);
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/headers/{name}")
    String headers(
        @PathVariable String name,
        @org.springframework.web.bind.annotation.RequestHeader HttpHeaders headers) {
      return "value " + headers.get(name);
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/entity/{name}")
    String entity(@PathVariable String name, HttpEntity<Void> entity) {
      return "value " + entity.getHeaders().get(name);
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/link/{name}")
    ResponseEntity<String> link(@PathVariable String name, HttpServletRequest request) {
      return ResponseEntity.ok()
          .header("Link", "<" + request.getHeader(name) + ">")
          .body("link");
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reflect/length/{name}")
    void length(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
        throws java.io.IOException {
      String value = request.getHeader(name);
      response.getOutputStream().print("value " + (value == null ? 0 : value.length()) + value);
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reads/cookie")
    String cookie(@CookieValue(required = false) String theme) {
      return "theme " + theme;
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reads/url")
    String url() {
      return ServletUriComponentsBuilder.fromCurrentRequest().toUriString();
    }

    @CachedResponse(scope = Scope.PUBLIC, vary = "Host")
    @GetMapping("/reads/host")
    String host(HttpServletRequest request) {
      return request.getScheme() + " " + request.getServerName() + " " + request.getServerPort();
    }

    @CachedResponse(scope = Scope.PUBLIC, query = "q")
    @GetMapping("/reads/query")
    String query(HttpServletRequest request) {
      return request.getParameter("q") + request.getParameter("callback");
    }

    @CachedResponse(scope = Scope.PUBLIC, query = CachedResponse.WHOLE_QUERY)
    @GetMapping("/reads/all")
    String all(HttpServletRequest request) {
      return request.getQueryString() + request.getParameterMap().keySet();
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reads/address")
    String address(HttpServletRequest request) {
      return request.getRemoteAddr();
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reads/tenant")
    String tenant(HttpServletRequest request) {
      return "tenant " + request.getHeader("X-Tenant");
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reads/attribute")
    String attribute(HttpServletRequest request) {
      return "tenant " + request.getAttribute("tenant");
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reads/locale")
    String locale(Locale locale) {
      return locale.getLanguage();
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @PreAuthorize("hasRole('ADMIN')")
    @GetMapping("/reads/rights")
    String rights() {
      return "for admins";
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/reads/body")
    String body(HttpServletRequest request) {
      return "none: " + request.getHeader("Content-Type") + request.getHeader("Content-Length");
    }

    /** Sets an attribute as a filter for tenants would. */
    @Bean
    static Filter tenants() {
      return (request, response, chain) -> {
        request.setAttribute("tenant", ((HttpServletRequest) request).getHeader("X-Tenant"));
        chain.doFilter(request, response);
      };
    }
  }

  private static ScriptedServer server;

  @BeforeAll
  static void start() {
    server = new ScriptedServer(List.of(), Reflecting.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> header_isNamed_andPoisonsNobody() {
    assertThat(HEADERS).hasSize(40).doesNotHaveDuplicates();
    return WAYS.stream()
        .map(way -> DynamicTest.dynamicTest(way, () -> {
          for (String header : HEADERS) {
            String path = "/reflect/" + way + "/" + header;
            String value = header.equals("Cookie") ? "a=evil" : "evil";
            Answer poison = server.http.get(path, header, value);
            Answer victim = server.http.get(path);
            assertThat(poison.status()).as(header).isEqualTo(200);
            assertThat(poison.isStored()).as(header).isFalse();
            assertThat(poison.cacheStatus().toLowerCase(Locale.ROOT))
                .as(header)
                .contains(header.toLowerCase(Locale.ROOT));
            assertThat(victim.isHit()).as(header).isFalse();
            assertThat(victim.body() + victim.header("Link")).as(header).doesNotContain("evil");
          }
        }));
  }

  private void assertNamed(String path, String input, String... headers) {
    Answer answer = server.http.get(path, headers);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.isStored()).isFalse();
    assertThat(answer.cacheStatus()).contains("not in the key").contains(input);
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void log_namesTheInputAndTheMend_onceForAHandler(CapturedOutput output) {
    server.http.get("/reads/tenant", "X-Tenant", "t1");
    server.http.get("/reads/tenant", "X-Tenant", "t2");
    assertThat(output.toString().split("\\R"))
        .filteredOn(line -> line.contains("not stored") && line.contains("X-Tenant"))
        .singleElement()
        .asString()
        .contains("WARN", "Reflecting.tenant")
        .containsIgnoringCase("the handler reads what is not in the key: header X-Tenant")
        .contains("Add it to the declaration (query, vary, scope), or do not read it");
  }

  @Test
  void cookie_isNamed() {
    assertNamed("/reads/cookie", "cookies", "Cookie", "theme=dark");
  }

  @Test
  void urlOfTheRequest_isNamed() {
    assertNamed("/reads/url", "scheme");
  }

  @Test
  void undeclaredParameter_isNamed() {
    assertNamed("/reads/query?q=1&callback=x", "query parameter callback");
  }

  @Test
  void address_isNamed() {
    assertNamed("/reads/address", "remote address");
  }

  @Test
  void attributeSetByAFilter_isNamed() {
    assertNamed("/reads/attribute", "request attribute tenant", "X-Tenant", "t1");
  }

  @Test
  void language_isNamedWhereItIsNotDeclared() {
    assertNamed("/reads/locale", "header Accept-Language", "Accept-Language", "de");
  }

  @Test
  void rightsCheckedInsideTheHandler_areNamed() {
    assertNamed(
        "/reads/rights",
        "security context",
        "Authorization",
        dev.larder.web.TestServer.basic("anna", "a"));
    assertThat(server.http.get("/reads/rights").status()).isIn(401, 403);
  }

  @Test
  void declaredHost_isKeyed() {
    assertThat(server.http.get("/reads/host").isStored()).isTrue();
    assertThat(server.http.get("/reads/host").isHit()).isTrue();
  }

  @Test
  void headersOfABody_areAbsentFromEveryRequestThatIsStored() {
    assertThat(server.http.get("/reads/body", "Content-Type", "text/evil").body())
        .startsWith("none: text/evil");
    assertThat(server.http.get("/reads/body").isStored()).isTrue();
    Answer again = server.http.get("/reads/body");
    assertThat(again.isHit()).isTrue();
    assertThat(again.body()).isEqualTo("none: nullnull");
  }

  @Test
  void wholeQuery_isKeyed() {
    assertThat(server.http.get("/reads/all?a=1&b=2").isStored()).isTrue();
    assertThat(server.http.get("/reads/all?a=1&b=2").isHit()).isTrue();
    assertThat(server.http.get("/reads/all?b=2&a=1").isHit()).isFalse();
  }
}
